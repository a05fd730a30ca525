package headcache.workload.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.RunningMachine.Threads;
import headcache.protocol.CpuReport;
import headcache.protocol.NodeReport;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.Workload;
import headcache.workload.WorkloadRun;
import headcache.workload.trace.RecordingReader;
import headcache.workload.trace.TraceSource;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedWorkloadTest {

    private static Workload recorded(String name) {
        return RecordedWorkload.of(RecordingReader.read(TraceSource.bundled(name)));
    }

    /**
     * The recorded kernel did 6,791 gets, 4,134 puts, 175 refills and 4 spills on CPU 0 and 1,568, 4,510, 1 and
     * 91 on CPU 1. It began with 12 heads in the first cache, the machine with none: that is one refill more,
     * and 4 heads more at the end, 31 instead of 27.
     */
    @Test
    void shouldDoWhatTheRecordedRouterDid() {
        final RunResult result = WorkloadRun.run(
                recorded("vlan_nat_pair"), RunOptions.DEFAULT.with(Threads.DETERMINISTIC), ProgressListener.NONE);

        final CpuReport taking = RunResult.cpus(result.atEnd()).get(0);
        assertThat(taking.gets()).isEqualTo(6_791);
        assertThat(taking.puts()).isEqualTo(4_134);
        assertThat(taking.refills()).isEqualTo(176);
        assertThat(taking.spills()).isEqualTo(4);
        assertThat(taking.parked()).isEqualTo(31);
        assertThat(taking.singleAllocs()).isEqualTo(171 + 10);
        assertThat(taking.singleFrees()).isEqualTo(23);
        final CpuReport giving = RunResult.cpus(result.atEnd()).get(1);
        assertThat(giving.gets()).isEqualTo(1_568);
        assertThat(giving.puts()).isEqualTo(4_510);
        assertThat(giving.refills()).isEqualTo(1);
        assertThat(giving.spills()).isEqualTo(91);
        assertThat(giving.parked()).isEqualTo(46);
        final NodeReport node = RunResult.nodes(result.atEnd()).get(0);
        assertThat(node.headsInUse()).isEqualTo(31 + 46);
        assertThat(node.bulkAllocs()).isEqualTo(176 + 1);
        assertThat(node.bulkFreedHeads()).isEqualTo(32 * (4 + 91));
        assertThat(result.packets()).isEqualTo(8_794);
        assertThat(result.operations()).isEqualTo(2 * 8_794 + 1_854 + 2_208);
        assertThat(result.failed()).isZero();
        assertThat(result.cancelled()).isZero();
        assertThat(result.failedWhileParked()).hasValue(0);
        assertThat(result.faults()).isEmpty();
    }

    /** Gets, puts, refills and spills of the recordings, over all CPUs; caches that began empty refill more. */
    @ParameterizedTest
    @CsvSource({
        "tcp_bulk,       24184, 20811, 15692, 446,  61, 475",
        "vlan_nat,       23653, 17293, 16407, 136,  38, 182",
        "numa_two_nodes, 29906, 24221, 15031, 886, 152, 346",
        "vlan_nat_pair,   8794,  8359,  8644, 177,  95,   0",
        "tcp_rx_pair,    10208,  9752,  9590,  12,   0, 259"
    })
    void shouldDoTheSameInWhateverOrderCpusRun(
            String name, long packets, long gets, long puts, long refills, long spills, long handedBack) {
        final Workload workload = recorded(name);
        assertThat(workload.packets()).isEqualTo(packets);
        for (final Threads threads : new Threads[] {Threads.DETERMINISTIC, new Threads(3, false)}) {
            final RunResult result = WorkloadRun.run(workload, RunOptions.DEFAULT.with(threads), ProgressListener.NONE);

            assertThat(sum(result, CpuReport::gets)).isEqualTo(gets);
            assertThat(sum(result, CpuReport::puts)).isEqualTo(puts);
            assertThat(sum(result, CpuReport::refills)).isEqualTo(refills);
            assertThat(sum(result, CpuReport::spills)).isEqualTo(spills);
            assertThat(result.handedBack()).isEqualTo(handedBack);
            assertThat(sum(result, CpuReport::gets) + singleAllocs(result)).isEqualTo(packets);
            assertThat(result.faults()).isEmpty();
        }
    }

    private static long sum(RunResult result, ToLongFunction<CpuReport> counter) {
        return RunResult.cpus(result.atEnd()).stream().mapToLong(counter).sum();
    }

    private static long singleAllocs(RunResult result) {
        return RunResult.nodes(result.atEnd()).stream()
                .mapToLong(NodeReport::singleAllocs)
                .sum();
    }
}
