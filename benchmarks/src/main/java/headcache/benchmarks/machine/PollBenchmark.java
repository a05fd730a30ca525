package headcache.benchmarks.machine;

import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.Frame;
import headcache.protocol.Message;
import headcache.protocol.NapiId;
import headcache.protocol.NicMessage;
import headcache.protocol.NodeId;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.step.EventKind;
import headcache.step.Out;
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

    /** Four CPU steps of one thread, without actors. */
    @State(Scope.Thread)
    public static class Bare implements Out {
        private static final int CPUS = 4;
        private static final DriverId DRIVER = new DriverId(0);
        private static final NapiId NAPI = new NapiId(0);
        private final CpuStep[] steps = new CpuStep[CPUS];
        private final Skb[][] sent = new Skb[CPUS][0];
        private final Frame[] frames = Feeders.forwarded(Feeders.POLL_IN_CACHE, DRIVER);
        private int current;
        private boolean refillAsked;

        /** Makes the steps and fills their caches. */
        @Setup
        public void make() {
            for (int cpu = 0; cpu < CPUS; cpu++) {
                steps[cpu] = new CpuStep(new CpuId(cpu), NodeId.of(0), CpuPolicy.LINUX_5_12);
                sent[cpu] = new Skb[0];
            }
        }

        void poll(int cpu) {
            current = cpu;
            steps[cpu].on(new CpuMessage.Poll(DRIVER, NAPI, sent[cpu], frames), this);
            while (refillAsked) {
                refillAsked = false;
                steps[cpu].on(new SlabReply.BulkAllocated(fresh()), this);
            }
        }

        private int[] fresh() {
            final int[] heads = new int[16];
            for (int i = 0; i < heads.length; i++) {
                heads[i] = next++;
            }
            return heads;
        }

        private int next;

        @Override
        public void send(ActorName to, Message message) {
            if (message instanceof NicMessage.Transmit transmit) {
                sent[current] = transmit.skbs();
            } else if (message instanceof SlabMessage.BulkAlloc) {
                refillAsked = true;
            } else if (!(message instanceof NicMessage.PollDone)) {
                throw new IllegalStateException("a spill or a free in a loop that is served by the cache: " + message);
            }
        }

        @Override
        public void event(EventKind kind, int head, int detail) {}
    }

    /** The same polls as {@link #pollInCache}, by two threads without actors. */
    @Benchmark
    @Threads(2)
    @OperationsPerInvocation(PACKETS)
    public void bareLoop(Bare state) {
        for (int poll = 0; poll < PACKETS / Feeders.POLL_IN_CACHE / Bare.CPUS; poll++) {
            for (int cpu = 0; cpu < Bare.CPUS; cpu++) {
                state.poll(cpu);
            }
        }
    }
}
