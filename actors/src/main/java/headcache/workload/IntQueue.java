package headcache.workload;

/** Numbers in the order in which they came. */
public final class IntQueue {
    private int[] ring;
    private int first;
    private int size;

    /** An empty queue; {@code capacity}, a power of two, is what it holds before it grows. */
    public IntQueue(int capacity) {
        ring = new int[capacity];
    }

    private IntQueue(IntQueue other) {
        ring = other.ring.clone();
        first = other.first;
        size = other.size;
    }

    /** Appends {@code number}. */
    public void add(int number) {
        if (size == ring.length) {
            grow();
        }
        ring[(first + size++) & ring.length - 1] = number;
    }

    /** Takes the oldest number of a queue that is not empty. */
    public int remove() {
        final int number = ring[first];
        first = (first + 1) & ring.length - 1;
        size--;
        return number;
    }

    /** How many numbers there are. */
    public int size() {
        return size;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return size == 0;
    }

    private void grow() {
        final int[] larger = new int[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[(first + i) & ring.length - 1];
        }
        ring = larger;
        first = 0;
    }

    /** An independent queue of the same numbers. */
    public IntQueue copy() {
        return new IntQueue(this);
    }

    /** Copies of {@code queues}. */
    public static IntQueue[] copy(IntQueue[] queues) {
        final IntQueue[] copies = new IntQueue[queues.length];
        for (int i = 0; i < queues.length; i++) {
            copies[i] = queues[i].copy();
        }
        return copies;
    }

    /** {@code count} empty queues. */
    public static IntQueue[] make(int count, int capacity) {
        final IntQueue[] queues = new IntQueue[count];
        for (int i = 0; i < count; i++) {
            queues[i] = new IntQueue(capacity);
        }
        return queues;
    }
}
