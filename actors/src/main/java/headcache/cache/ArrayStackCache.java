package headcache.cache;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.step.HeadMisuse;
import headcache.step.StateBytes;

/**
 * The head cache of v5.12: one array used as a stack, with poison.
 *
 * <p>Get and put take constant time and allocate nothing; a spill from the oldest end takes time in
 * proportion to the capacity. Memory: 14 bytes for each slot, at most 22, and half a kilobyte of history.
 */
public final class ArrayStackCache implements HeadCache {
    /** In a slot: the head came by a refill. Plain heads leave this bit free. */
    private static final int FETCHED = 1 << 31;

    private static final int HEAD_MASK = ~FETCHED;

    /** Set in no plain head. */
    private static final int NOT_PLAIN = 3 << 30;

    private final CachePolicy policy;
    private final CpuId cpu;
    private final int[] slots;
    private final ParkedIndex parked;
    private final CacheHistory history;
    private int count;

    /** An empty cache of {@code cpu}, which reports about misuse name. */
    public ArrayStackCache(CachePolicy policy, CpuId cpu) {
        this.policy = policy;
        this.cpu = cpu;
        this.slots = new int[policy.capacity()];
        this.parked = new ParkedIndex(policy.capacity());
        this.history = new CacheHistory();
    }

    private ArrayStackCache(ArrayStackCache other) {
        this.policy = other.policy;
        this.cpu = other.cpu;
        this.slots = other.slots.clone();
        this.parked = other.parked.copy();
        this.history = other.history.copy();
        this.count = other.count;
    }

    @Override
    public int capacity() {
        return slots.length;
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
        return count;
    }

    @Override
    public int head(int slot) {
        return slots[checkSlot(slot)] & HEAD_MASK;
    }

    @Override
    public boolean isRecycled(int slot) {
        return (slots[checkSlot(slot)] & FETCHED) == 0;
    }

    @Override
    public boolean isParked(int head) {
        return parked.find(head, slots, HEAD_MASK) >= 0;
    }

    @Override
    public int pop() {
        if (count == 0) {
            throw new IllegalStateException("get from an empty cache: at=" + cpu + ", count=0; refill it first");
        }
        return takeTop(CacheHistory.GET);
    }

    @Override
    public void push(int head) {
        if (count == slots.length) {
            throw new IllegalStateException("put into a full cache: at=" + cpu + ", head=" + Head.name(head)
                    + ", count=" + count + "; spill first");
        }
        checkArrival(head, "put");
        lay(head, 0, CacheHistory.PUT);
    }

    @Override
    public void refill(int[] heads, int fetched) {
        if (fetched > slots.length - count) {
            throw new IllegalArgumentException("refill does not fit: at=" + cpu + ", heads=" + fetched + ", count="
                    + count + ", capacity=" + slots.length);
        }
        for (int i = 0; i < fetched; i++) {
            checkArrival(heads[i], "delivered by a refill");
            lay(heads[i], FETCHED, CacheHistory.REFILL);
        }
    }

    @Override
    public void takeSpill(int[] into) {
        if (count != slots.length) {
            throw new IllegalStateException(
                    "spill of a cache that is not full: at=" + cpu + ", count=" + count + ", capacity=" + slots.length);
        }
        final int spill = policy.spill();
        if (policy.spillEnd() == SpillEnd.NEWEST) {
            takeNewest(into, spill);
        } else {
            takeOldest(into, spill);
        }
    }

    @Override
    public int[] takeAll() {
        final int[] heads = new int[count];
        takeNewest(heads, count);
        return heads;
    }

    @Override
    public void checkInUse(int head, String use) {
        final int slot = parked.find(head, slots, HEAD_MASK);
        if (slot >= 0) {
            throw misuse(HeadMisuse.Rule.USE_AFTER_FREE, head, use + " on an skb whose head is parked in slot " + slot);
        }
    }

    @Override
    public String history(int head) {
        final int slot = parked.find(head, slots, HEAD_MASK);
        final String place = slot < 0 ? "not parked" : "parked in slot " + slot + " of " + count;
        return place + "; " + history.of(head);
    }

    @Override
    public HeadCache copy() {
        return new ArrayStackCache(this);
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(count);
        for (int i = 0; i < count; i++) {
            bytes.put(slots[i] & HEAD_MASK);
        }
    }

    private void lay(int head, int mark, int kind) {
        slots[count] = head | mark;
        parked.add(head, count);
        history.note(kind, head);
        count++;
    }

    private int takeTop(int kind) {
        count--;
        final int head = slots[count] & HEAD_MASK;
        parked.removeTop(head, count);
        history.note(kind, head);
        return head;
    }

    private void takeNewest(int[] into, int taken) {
        for (int i = taken - 1; i >= 0; i--) {
            into[i] = takeTop(CacheHistory.SPILL);
        }
    }

    private void takeOldest(int[] into, int taken) {
        for (int i = 0; i < taken; i++) {
            into[i] = slots[i] & HEAD_MASK;
            history.note(CacheHistory.SPILL, into[i]);
        }
        count -= taken;
        System.arraycopy(slots, taken, slots, 0, count);
        parked.clear();
        for (int i = 0; i < count; i++) {
            parked.add(slots[i] & HEAD_MASK, i);
        }
    }

    private void checkArrival(int head, String how) {
        if ((head & NOT_PLAIN) != 0) {
            throw misuse(HeadMisuse.Rule.WRONG_SLAB, head, how + ", but it is no head of the slab of plain heads");
        }
        final int slot = parked.find(head, slots, HEAD_MASK);
        if (slot >= 0) {
            throw misuse(HeadMisuse.Rule.DOUBLE_FREE, head, how + ", but it is parked already, in slot " + slot);
        }
    }

    private HeadMisuse misuse(HeadMisuse.Rule rule, int head, String facts) {
        return new HeadMisuse(rule, head, cpu.toString(), facts, history(head));
    }

    private int checkSlot(int slot) {
        if (slot < 0 || slot >= count) {
            throw new IndexOutOfBoundsException(
                    "no head in that slot: at=" + cpu + ", slot=" + slot + ", count=" + count);
        }
        return slot;
    }
}
