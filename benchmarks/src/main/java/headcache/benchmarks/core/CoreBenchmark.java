package headcache.benchmarks.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all pools have in common: nanoseconds for one get and one put, on one thread.
 *
 * <p>A burst takes so many and then gives all back in the order in which it took them. The smaller one
 * fits what a CPU may park, so that the slab is not needed; the larger one does not, and costs a head
 * cache of 64/16/32 about five refills and two or three spills.
 *
 * <p>Iterations are short and many, so that some of them fall between the time slices of whatever else
 * the machine is doing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 100, time = 10, timeUnit = TimeUnit.MILLISECONDS)
public abstract class CoreBenchmark {
    /** A burst that stays inside the cache. */
    static final int SMALL = 48;

    /** A burst that empties and fills the cache. */
    static final int LARGE = 100;

    /** Objects that a pool of fixed size gets: enough for every burst. */
    static final int POOL_SIZE = 128;
}
