package headcache.cache;

import headcache.step.HeadMisuse;
import headcache.step.StateBytes;

/**
 * The parked heads that one CPU owns, as a stack: a get pops the newest, a put pushes.
 *
 * <p>It is told when to refill and when to spill by its CPU, which asks {@link #isEmpty} before a get and
 * {@link #isFull} after a put; it sends nothing and waits for nothing. Slots are counted from 0, the
 * oldest head.
 *
 * <p>Every parked head is poisoned: a second put of it, a use of an skb on it and a refill that delivers
 * it again are detected, always and without false alarms. That is stricter than KASAN in v5.12, which
 * leaves heads that came by a refill unpoisoned until they are put.
 *
 * <p>It is a class rather than an interface because HotSpot trusts the type of a field that is a class:
 * while one kind of cache is loaded, calls need no check, which is a fifth of the time of a get and a put.
 */
public abstract class HeadCache {

    /** How many heads it can hold. */
    public abstract int capacity();

    /** How many heads a get on empty asks for. */
    public abstract int refillSize();

    /** How many heads a spill takes. */
    public abstract int spillSize();

    /** Slot of the first head that a spill takes; those above it follow in order. */
    public abstract int spillFloor();

    /** How many heads are parked now. */
    public abstract int count();

    /** Whether a get needs a refill first. */
    public boolean isEmpty() {
        return count() == 0;
    }

    /** Whether the put that was just done has to spill. */
    public boolean isFull() {
        return count() == capacity();
    }

    /** The head in {@code slot}, 0 to {@code count() - 1}. */
    public abstract int head(int slot);

    /**
     * Whether the head in {@code slot} came by a put, so that the get that pops it is served by a recycled
     * head; otherwise a refill fetched it.
     */
    public abstract boolean isRecycled(int slot);

    /** Whether {@code head} is parked here; exact, whatever the number. */
    public abstract boolean isParked(int head);

    /**
     * Takes the newest head.
     *
     * @throws IllegalStateException if the cache is empty
     */
    public abstract int pop();

    /**
     * Parks a head that nobody uses any more.
     *
     * @param head a plain head
     * @throws HeadMisuse if it is parked already ({@code DOUBLE_FREE}) or a pair of twins ({@code
     *     WRONG_SLAB}); the cache is as before
     * @throws IllegalStateException if the cache is full
     */
    public abstract void push(int head);

    /**
     * Lays the first {@code count} of {@code heads} on top in order, so that the last of them is popped
     * first. The array stays the caller's.
     *
     * @throws HeadMisuse if one of them is parked already or a pair of twins; the heads before it were laid
     * @throws IllegalArgumentException if there is no room for all; the cache is as before
     */
    public abstract void refill(int[] heads, int count);

    /** Lays all of {@code heads} on top; see {@link #refill(int[], int)}. */
    public void refill(int[] heads) {
        refill(heads, heads.length);
    }

    /**
     * Takes out the heads of a spill, lowest slot first, the order in which the kernel hands its array over.
     *
     * @param into at least {@link #spillSize} long; its first that many places get the heads
     * @throws IllegalStateException if the cache is not full
     */
    public abstract void takeSpill(int[] into);

    /** Takes out the heads of a spill into a new array; see {@link #takeSpill(int[])}. */
    public int[] takeSpill() {
        final int[] heads = new int[spillSize()];
        takeSpill(heads);
        return heads;
    }

    /** Takes out the newest heads until {@code kept} are left, lowest slot first: part of the end of a softirq. */
    public abstract int[] takeAbove(int kept);

    /** Takes out all heads, lowest slot first: a drain, or a flush at the end of a softirq. */
    public int[] takeAll() {
        return takeAbove(0);
    }

    /**
     * Checks that an skb is not used after its head was put.
     *
     * @param head the skb's head
     * @param use what is done with it, for people: {@code napi_consume_skb}
     * @throws HeadMisuse if the head is parked here ({@code USE_AFTER_FREE})
     */
    public abstract void checkInUse(int head, String use);

    /** What this cache remembers of the arrivals of {@code head}, for people, oldest first. */
    public abstract String history(int head);

    /** An independent copy, history included. */
    public abstract HeadCache copy();

    /** Writes the parked heads in order; equal bytes mean equal later behaviour. */
    public abstract void encode(StateBytes bytes);
}
