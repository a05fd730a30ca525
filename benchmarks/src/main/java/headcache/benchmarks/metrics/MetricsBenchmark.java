package headcache.benchmarks.metrics;

import headcache.machine.RunningMachine.Threads;
import headcache.metrics.Figures;
import headcache.metrics.Measures;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.Workload;
import headcache.workload.WorkloadRun;
import headcache.workload.generated.Generator;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Packets per second of a whole run of linux-5.12 on one thread, from boot to shutdown: without anybody watching, with the
 * few figures of {@code series}, and with all that {@code compare} measures. The goal is at least half of the speed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MetricsBenchmark {
    /** Packets of one run. */
    public static final int PACKETS = 1 << 20;

    private static final RunOptions OPTIONS = RunOptions.DEFAULT.with(Threads.DETERMINISTIC);

    /** Traffic of which most operations are gets and puts, and traffic of which none comes back. */
    @Param({"BURST", "ONE_WAY", "VLAN_NAT"})
    public Generator generator = Generator.BURST;

    private Workload workload() {
        return generator.workload(generator.defaults().withPackets(PACKETS));
    }

    /** Nobody watches. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public RunResult withoutMetrics() {
        return WorkloadRun.run(workload(), OPTIONS, ProgressListener.NONE);
    }

    /** Counters, parked heads and the least contacts. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Figures fewFigures() {
        return Figures.of(workload(), OPTIONS);
    }

    /** Everything. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Measures fullMetrics() {
        return Measures.of(workload(), OPTIONS);
    }
}
