package headcache.cache;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.step.HeadMisuse;
import headcache.step.StateBytes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The head cache of v5.12: one array used as a stack, with poison.
 *
 * <p>Behind the poison is a hash table with linear probing, which finds the slot of a parked head in
 * constant time. Because the cache is a stack, what leaves is what came last, so that emptying its place
 * in the table cuts off nothing that came before it, and no tombstones are needed.
 *
 * <p>For reports about misuse, arrivals (puts, and heads of refills) are numbered, and a slot keeps the
 * number with the head, also after the head has left, until the slot is used again. So the arrival of a
 * parked head is always known, and some of its earlier ones.
 *
 * <p>Get and put take constant time and allocate nothing; a spill from the oldest end takes time in
 * proportion to the capacity. Memory: 40 to 72 bytes for each slot.
 */
public final class ArrayStackCache extends HeadCache {
    private static final int PLACES_PER_SLOT = 4;

    /** 2^32 divided by the golden ratio: spreads runs of neighbouring heads evenly. */
    private static final int GOLDEN = 0x9E3779B9;

    private static final int HASH_SHIFT = 12;

    private static final int HEAD_MASK = Integer.MAX_VALUE;

    /** In a slot: the head came by a refill. No plain head has this bit. */
    private static final long FETCHED = 1L << 31;

    private static final int ARRIVAL_SHIFT = 32;

    /** Set in no plain head. */
    private static final int NOT_PLAIN = 3 << 30;

    /** In a slot that was never used: the number of no head. */
    private static final long UNUSED = -1;

    private final CachePolicy policy;
    private final CpuId cpu;

    /**
     * First the hash table, then the slots; one array because get and put are a third faster so. A place of
     * the table holds the index of a slot, 0 if it is empty. A slot holds head, {@link #FETCHED}, arrival.
     */
    private final long[] memory;

    /** Index of slot 0, which is the size of the table, a power of two. */
    private final int floor;

    /** Index behind the last slot. */
    private final int ceiling;

    /** Index of the slot that the next head goes to. */
    private int top;

    /** How many heads ever came; may wrap. */
    private int arrivals;

    /** An empty cache of {@code cpu}, whose name is in reports about misuse. */
    public ArrayStackCache(CachePolicy policy, CpuId cpu) {
        this.policy = policy;
        this.cpu = cpu;
        this.floor = Integer.highestOneBit(policy.capacity() * PLACES_PER_SLOT - 1) * 2;
        this.ceiling = floor + policy.capacity();
        this.memory = new long[ceiling];
        this.top = floor;
        Arrays.fill(memory, floor, ceiling, UNUSED);
    }

    private ArrayStackCache(ArrayStackCache other) {
        this.policy = other.policy;
        this.cpu = other.cpu;
        this.floor = other.floor;
        this.ceiling = other.ceiling;
        this.memory = other.memory.clone();
        this.top = other.top;
        this.arrivals = other.arrivals;
    }

    @Override
    public int capacity() {
        return ceiling - floor;
    }

    @Override
    public int refillSize() {
        return policy.refill();
    }

    @Override
    public int spillSize() {
        return policy.spill();
    }

    @Override
    public int spillFloor() {
        return policy.spillFloor();
    }

    @Override
    public int count() {
        return top - floor;
    }

    @Override
    public boolean isEmpty() {
        return top == floor;
    }

    @Override
    public boolean isFull() {
        return top == ceiling;
    }

    @Override
    public int head(int slot) {
        return headAt(indexOf(slot));
    }

    @Override
    public boolean isRecycled(int slot) {
        return (memory[indexOf(slot)] & FETCHED) == 0;
    }

    @Override
    public boolean isParked(int head) {
        return find(head) != 0;
    }

    @Override
    public int pop() {
        if (top == floor) {
            throw new IllegalStateException("get from an empty cache: at=" + cpu + ", count=0; refill it first");
        }
        top--;
        final int head = headAt(top);
        forget(head, top);
        return head;
    }

    @Override
    public void push(int head) {
        if (top == ceiling) {
            throw new IllegalStateException("put into a full cache: at=" + cpu + ", head=" + Head.name(head)
                    + ", count=" + count() + "; spill first");
        }
        lay(head, 0);
    }

    @Override
    public void refill(int[] heads, int fetched) {
        if (fetched > ceiling - top) {
            throw new IllegalArgumentException("refill does not fit: at=" + cpu + ", heads=" + fetched + ", count="
                    + count() + ", capacity=" + capacity());
        }
        for (int i = 0; i < fetched; i++) {
            lay(heads[i], FETCHED);
        }
    }

    @Override
    public void takeSpill(int[] into) {
        if (top != ceiling) {
            throw new IllegalStateException(
                    "spill of a cache that is not full: at=" + cpu + ", count=" + count() + ", capacity=" + capacity());
        }
        if (policy.spillEnd() == SpillEnd.NEWEST) {
            takeNewest(into, policy.spill());
        } else {
            takeOldest(into, policy.spill());
        }
    }

    @Override
    public int[] takeAbove(int kept) {
        final int[] heads = new int[Math.max(0, count() - kept)];
        takeNewest(heads, heads.length);
        return heads;
    }

    @Override
    public void checkInUse(int head, String use) {
        final int index = find(head);
        if (index != 0) {
            throw misuse(
                    HeadMisuse.Rule.USE_AFTER_FREE,
                    head,
                    use + " on an skb whose head is parked in slot " + (index - floor));
        }
    }

    @Override
    public String history(int head) {
        final String known = IntStream.range(floor, ceiling)
                .filter(index -> headAt(index) == head)
                .boxed()
                .sorted(Comparator.comparing(index -> memory[index] >>> ARRIVAL_SHIFT))
                .map(this::told)
                .collect(Collectors.joining(", "));
        return (known.isEmpty() ? "none" : known) + "; arrivals so far: " + Integer.toUnsignedString(arrivals);
    }

    @Override
    public HeadCache copy() {
        return new ArrayStackCache(this);
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(count());
        for (int index = floor; index < top; index++) {
            bytes.put(headAt(index));
        }
    }

    private void lay(int head, long mark) {
        if ((head & NOT_PLAIN) != 0) {
            throw misuse(
                    HeadMisuse.Rule.WRONG_SLAB, head, arrival(mark) + ", but it is no head of the slab of plain heads");
        }
        int place = placeOf(head);
        int index = (int) memory[place];
        while (index != 0) {
            if (headAt(index) == head) {
                throw misuse(
                        HeadMisuse.Rule.DOUBLE_FREE,
                        head,
                        arrival(mark) + ", but it is parked already, in slot " + (index - floor));
            }
            place = placeAfter(place);
            index = (int) memory[place];
        }
        memory[place] = top;
        memory[top] = (long) arrivals << ARRIVAL_SHIFT | mark | head;
        arrivals++;
        top++;
    }

    private void takeNewest(int[] into, int taken) {
        final int from = top - taken;
        for (int i = 0; i < taken; i++) {
            final int head = headAt(from + i);
            forget(head, from + i);
            into[i] = head;
        }
        top = from;
    }

    private void takeOldest(int[] into, int taken) {
        for (int i = 0; i < taken; i++) {
            into[i] = headAt(floor + i);
        }
        top -= taken;
        System.arraycopy(memory, floor + taken, memory, floor, top - floor);
        Arrays.fill(memory, top, ceiling, UNUSED);
        Arrays.fill(memory, 0, floor, 0);
        for (int index = floor; index < top; index++) {
            int place = placeOf(headAt(index));
            while (memory[place] != 0) {
                place = placeAfter(place);
            }
            memory[place] = index;
        }
    }

    /** The index of the slot in which {@code head} is parked, or 0. */
    private int find(int head) {
        int place = placeOf(head);
        int index = (int) memory[place];
        while (index != 0 && headAt(index) != head) {
            place = placeAfter(place);
            index = (int) memory[place];
        }
        return index;
    }

    private void forget(int head, int index) {
        int place = placeOf(head);
        while (memory[place] != index) {
            place = placeAfter(place);
        }
        memory[place] = 0;
    }

    private int placeOf(int head) {
        return ((head * GOLDEN) >>> HASH_SHIFT) & (floor - 1);
    }

    private int placeAfter(int place) {
        return (place + 1) & (floor - 1);
    }

    private int headAt(int index) {
        return (int) memory[index] & HEAD_MASK;
    }

    private String told(int index) {
        return ((memory[index] & FETCHED) == 0 ? "put #" : "refill #")
                + (memory[index] >>> ARRIVAL_SHIFT)
                + " into slot "
                + (index - floor)
                + (index < top ? " (parked)" : " (left since)");
    }

    private int indexOf(int slot) {
        if (slot < 0 || slot >= count()) {
            throw new IndexOutOfBoundsException(
                    "no head in that slot: at=" + cpu + ", slot=" + slot + ", count=" + count());
        }
        return floor + slot;
    }

    private HeadMisuse misuse(HeadMisuse.Rule rule, int head, String facts) {
        return new HeadMisuse(rule, head, cpu.toString(), facts, history(head));
    }

    private static String arrival(long mark) {
        return mark == FETCHED ? "delivered by a refill" : "put";
    }
}
