package headcache.benchmarks.machine;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Packets per second through real actors, and through a bare loop over the same steps.
 *
 * <p>A packet is one allocation and one free. Each benchmark keeps both processors busy; the score is
 * that of the whole machine.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PollBenchmark {
    /** Packets of one invocation, whatever the number of CPUs. */
    public static final int PACKETS = 1 << 17;

    /** A machine whose CPUs are served by their caches. */
    @State(Scope.Benchmark)
    public static class InCache {
        /** CPU actors; memory nodes are one for each 128 of them. */
        @Param({"8", "1024"})
        public int cpus;

        @SuppressWarnings("NullAway.Init") // JMH calls boot() first
        private Bench bench;

        /** Boots the machine. */
        @Setup
        public void boot() {
            bench = new Bench(cpus, Math.max(1, cpus / 128), cpus, Feeders.InCache::new);
        }

        /** Stops it. */
        @TearDown
        public void stop() {
            bench.close();
        }
    }

    /** One message for each poll of 32, served by the caches. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void pollInCache(InCache state) throws InterruptedException {
        state.bench.run(PACKETS / Feeders.POLL_IN_CACHE / state.cpus);
    }

    /** A machine whose heads are taken on one CPU and given back on another. */
    @State(Scope.Benchmark)
    public static class Bulk {
        /** CPU actors; memory nodes are one for each 128 of them. */
        @Param({"8", "1024"})
        public int cpus;

        @SuppressWarnings("NullAway.Init") // JMH calls boot() first
        private Bench bench;

        /** Boots the machine. */
        @Setup
        public void boot() {
            bench = new Bench(cpus, Math.max(1, cpus / 128), cpus / 2, Feeders.OneWay::new);
        }

        /** Stops it. */
        @TearDown
        public void stop() {
            bench.close();
        }
    }

    /** One message for each poll of 64, with a refill for 16 packets and a spill for 32. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void pollBulk(Bulk state) throws InterruptedException {
        state.bench.run(PACKETS / Feeders.POLL / (state.cpus / 2));
    }

    /** A machine that gets a message for each operation. */
    @State(Scope.Benchmark)
    public static class Single {
        @SuppressWarnings("NullAway.Init") // JMH calls boot() first
        private Bench bench;

        /** Boots the machine. */
        @Setup
        public void boot() {
            bench = new Bench(8, 1, 8, Feeders.OneByOne::new);
        }

        /** Stops it. */
        @TearDown
        public void stop() {
            bench.close();
        }
    }

    /** One message and one answer for each operation, served by the caches. */
    @Benchmark
    @OperationsPerInvocation(PACKETS / 8)
    public void oneByOne(Single state) throws InterruptedException {
        state.bench.run(PACKETS / 8 / 8);
    }

    /** The steps of one thread. */
    @State(Scope.Thread)
    public static class Bare {
        private final BareLoop loop = new BareLoop();
    }

    /** The same polls as {@link #pollInCache}, by two threads without actors. */
    @Benchmark
    @Threads(2)
    @OperationsPerInvocation(PACKETS)
    public void bareLoop(Bare state) {
        for (int i = 0; i < PACKETS / Feeders.POLL_IN_CACHE / BareLoop.CPUS; i++) {
            state.loop.inCache();
        }
    }

    /** The same polls as {@link #pollBulk}, by two threads without actors, each with a slab of its own. */
    @Benchmark
    @Threads(2)
    @OperationsPerInvocation(PACKETS)
    public void bareLoopBulk(Bare state) {
        for (int i = 0; i < PACKETS / Feeders.POLL / (BareLoop.CPUS / 2); i++) {
            state.loop.oneWay();
        }
    }
}
