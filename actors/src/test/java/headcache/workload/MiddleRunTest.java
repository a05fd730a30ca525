package headcache.workload;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.middle.Batches;
import headcache.middle.Magazines;
import headcache.middle.Middle;
import headcache.middle.Sheaves;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotId;
import headcache.protocol.DepotReport;
import headcache.workload.generated.Generator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole workloads on running machines with something between the caches of CPUs and the slabs. */
class MiddleRunTest {
    private static final List<Middle> MIDDLES = List.of(
            new Magazines(7, 20), new Sheaves(7, 2, 2), new Batches(new CachePolicy(16, 4, 8, SpillEnd.NEWEST), 5, 16));

    private static final DepotId DEPOT = new DepotId(0);

    private static RunResult run(Generator generator, int cpus, long packets, RunOptions options) {
        return WorkloadRun.run(
                generator.workload(generator.defaults().withCpus(cpus).withPackets(packets)),
                options,
                ProgressListener.NONE);
    }

    private static DepotReport depot(RunResult result) {
        return result.atEnd().depot(DEPOT);
    }

    @ParameterizedTest
    @EnumSource
    void everyHeadIsAccountedForWhileItRunsAndHomeAfterTheDrain(Generator generator) {
        for (final Middle middle : MIDDLES) {
            for (final Threads threads : List.of(Threads.DETERMINISTIC, new Threads(3, false))) {
                final RunResult result = run(
                        generator,
                        4,
                        5_000,
                        RunOptions.DEFAULT
                                .with(CpuPolicy.of(middle))
                                .with(threads)
                                .withAuditEvery(500));

                assertThat(result.faults()).isEmpty();
                assertThat(result.cuts()).hasSizeGreaterThan(1).allMatch(RunCut::addsUp);
                assertThat(RunResult.depots(result.drained()))
                        .extracting(DepotReport::magazines)
                        .allMatch(full -> full == 0);
            }
        }
    }

    /**
     * One CPU only takes, the other only gives, 64 heads a poll. The giver keeps two magazines of 32 and trades two a poll
     * from the second of a thousand on. The taker fetches heads singly until the first come round, some polls later.
     */
    @Test
    void oneWayTrafficIsCarriedByFullMagazines() {
        final RunResult result = run(
                Generator.ONE_WAY,
                2,
                64_000,
                RunOptions.DEFAULT.with(CpuPolicy.of(new Magazines(32, 0))).with(Threads.DETERMINISTIC));

        final CpuReport taker = RunResult.cpus(result.atEnd()).get(0);
        final CpuReport giver = RunResult.cpus(result.atEnd()).get(1);
        final DepotReport depot = depot(result);
        assertThat(giver.spills()).isEqualTo(1_998);
        assertThat(depot.fullTaken()).isEqualTo(1_998);
        assertThat(depot.fullGiven() + depot.magazines()).isEqualTo(1_998);
        assertThat(taker.refills()).isEqualTo(depot.fullGiven() + depot.passedOn());
        assertThat(32 * depot.fullGiven() + depot.passedOn()).isEqualTo(64_000 + taker.parked());
        assertThat(depot.passedOn()).isBetween(128L, 640L); // two polls at least, ten when the taker runs ahead
    }
}
