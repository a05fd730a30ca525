package headcache.benchmarks.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A pool of objects.
 *
 * @param <T> the objects
 */
public abstract class ObjectPool<T> extends CoreBenchmark {
    private final Object[] taken = new Object[LARGE];

    abstract T get() throws Exception;

    abstract void put(T object) throws Exception;

    /** One get, one put. */
    @Benchmark
    public T pair() throws Exception {
        final T object = get();
        put(object);
        return object;
    }

    /** 48 gets, 48 puts. */
    @Benchmark
    @OperationsPerInvocation(SMALL)
    public Object[] burst48() throws Exception {
        return burst(SMALL);
    }

    /** 100 gets, 100 puts. */
    @Benchmark
    @OperationsPerInvocation(LARGE)
    public Object[] burst100() throws Exception {
        return burst(LARGE);
    }

    @SuppressWarnings("unchecked")
    private Object[] burst(int size) throws Exception {
        for (int i = 0; i < size; i++) {
            taken[i] = get();
        }
        for (int i = 0; i < size; i++) {
            put((T) taken[i]);
        }
        return taken;
    }
}
