package headcache.benchmarks.machine;

import headcache.workload.ProgressListener;
import headcache.workload.RunCut;
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
 * Packets per second of a whole run, from boot to shutdown, with and without an audit: what it costs to count all heads
 * of a running machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AuditBenchmark {
    /** Packets of one run. */
    public static final int PACKETS = 1 << 20;

    /** Packets from one cut to the next; 0 for none. */
    @Param({"0", "100000", "2000"})
    public long every;

    private final Workload workload =
            Generator.BURST.workload(Generator.BURST.defaults().withPackets(PACKETS));

    /** A run whose every cut, if any, adds up. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public RunResult auditedRun() {
        final RunResult result =
                WorkloadRun.run(workload, RunOptions.DEFAULT.withAuditEvery(every), ProgressListener.NONE);
        if (!result.cuts().stream().allMatch(RunCut::addsUp)) {
            throw new IllegalStateException("a cut does not add up: cuts=" + result.cuts());
        }
        return result;
    }
}
