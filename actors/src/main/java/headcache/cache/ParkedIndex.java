package headcache.cache;

import java.util.Arrays;

/**
 * Finds the slot of a parked head in constant time: a hash table of chains that run through the slots.
 *
 * <p>The cache is a stack, and so is each chain: the newest head of a bucket comes first. Taking the
 * newest head off is therefore one store, without a search and without tombstones. Slots are kept plus
 * one, 0 ends a chain.
 */
final class ParkedIndex {
    /** 2^32 divided by the golden ratio: spreads runs of neighbouring heads evenly. */
    private static final int GOLDEN = 0x9E3779B9;

    private static final int BUCKETS_PER_SLOT = 4;

    private final int shift;
    private final char[] bucket;
    private final char[] next;

    ParkedIndex(int capacity) {
        final int bits = 32 - Integer.numberOfLeadingZeros(capacity * BUCKETS_PER_SLOT - 1);
        this.shift = 32 - bits;
        this.bucket = new char[1 << bits];
        this.next = new char[capacity];
    }

    private ParkedIndex(ParkedIndex other) {
        this.shift = other.shift;
        this.bucket = other.bucket.clone();
        this.next = other.next.clone();
    }

    /** The slot in which {@code slots} holds {@code head}, or -1; {@code mask} hides what else is in a slot. */
    int find(int head, int[] slots, int mask) {
        int at = bucket[hash(head)];
        while (at != 0) {
            if ((slots[at - 1] & mask) == head) {
                return at - 1;
            }
            at = next[at - 1];
        }
        return -1;
    }

    /** Notes that {@code head} is now in {@code slot}, above all others. */
    void add(int head, int slot) {
        final int hash = hash(head);
        next[slot] = bucket[hash];
        bucket[hash] = (char) (slot + 1);
    }

    /** Forgets {@code head}, which was in {@code slot}, above all others. */
    void removeTop(int head, int slot) {
        bucket[hash(head)] = next[slot];
    }

    void clear() {
        Arrays.fill(bucket, (char) 0);
    }

    ParkedIndex copy() {
        return new ParkedIndex(this);
    }

    private int hash(int head) {
        return (head * GOLDEN) >>> shift;
    }
}
