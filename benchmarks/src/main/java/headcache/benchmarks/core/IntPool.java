package headcache.benchmarks.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A pool of heads that are numbers. */
public abstract class IntPool extends CoreBenchmark {
    private final int[] taken = new int[LARGE];

    abstract int get();

    abstract void put(int head);

    /** One get, one put. */
    @Benchmark
    public int pair() {
        final int head = get();
        put(head);
        return head;
    }

    /** 48 gets, 48 puts. */
    @Benchmark
    @OperationsPerInvocation(SMALL)
    public int[] burst48() {
        return burst(SMALL);
    }

    /** 100 gets, 100 puts. */
    @Benchmark
    @OperationsPerInvocation(LARGE)
    public int[] burst100() {
        return burst(LARGE);
    }

    private int[] burst(int size) {
        for (int i = 0; i < size; i++) {
            taken[i] = get();
        }
        for (int i = 0; i < size; i++) {
            put(taken[i]);
        }
        return taken;
    }
}
