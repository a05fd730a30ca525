package headcache.benchmarks.core;

/** An array of numbers that is never empty and never full: the floor. */
public class BareIntStack extends IntPool {
    private final int[] stack = new int[POOL_SIZE * 2];
    private int count = POOL_SIZE;

    @Override
    final int get() {
        return stack[--count];
    }

    @Override
    final void put(int head) {
        stack[count++] = head;
    }
}
