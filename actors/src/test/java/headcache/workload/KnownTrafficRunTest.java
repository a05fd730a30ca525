package headcache.workload;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.metrics.Figures;
import headcache.policy.Policies;
import headcache.protocol.CpuReport;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.workload.generated.Generator;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** What v5.12's cache makes of the generators with known names, as their descriptions say. */
class KnownTrafficRunTest {
    private static final int PACKETS = 20_000;
    private static final RunOptions IN_ORDER = RunOptions.DEFAULT.with(Threads.DETERMINISTIC);

    private static RunResult run(Generator generator, RunOptions options) {
        return WorkloadRun.run(
                generator.workload(generator.defaults().withPackets(PACKETS)), options, ProgressListener.NONE);
    }

    private static long sum(RunResult result, ToLongFunction<CpuReport> counter) {
        return RunResult.cpus(result.atEnd()).stream().mapToLong(counter).sum();
    }

    /** Who only transmits only fills caches: 32 puts for each spill, and what is left parked. */
    @Test
    void cachesOfWhoOnlySendsNeverServeAnyone() {
        for (final Generator generator : new Generator[] {Generator.AF_XDP, Generator.UDP_TX}) {
            final RunResult result = run(generator, IN_ORDER);

            assertThat(sum(result, CpuReport::gets)).isZero();
            assertThat(sum(result, CpuReport::puts)).isEqualTo(PACKETS);
            assertThat(32 * sum(result, CpuReport::spills) + sum(result, CpuReport::parked))
                    .isEqualTo(PACKETS);
        }
    }

    @Test
    void cachesOfWhoAnswersRequestsAreNeverGivenAnything() {
        final RunResult result = run(Generator.TCP_RR, IN_ORDER);

        assertThat(sum(result, CpuReport::gets)).isEqualTo(6_760);
        assertThat(sum(result, CpuReport::puts)).isZero();
        assertThat(16 * sum(result, CpuReport::refills)).isEqualTo(6_760 + sum(result, CpuReport::parked));
    }

    @Test
    void memoryPressureBitesBelowTheCrest() {
        assertThat(run(Generator.MEMORY_PRESSURE, IN_ORDER.withPageLimit(64)).failedGets())
                .isZero();
        assertThat(run(Generator.MEMORY_PRESSURE, IN_ORDER.withPageLimit(48)).failedGets())
                .isEqualTo(4_793);
    }

    /** 16 pages of 32 heads, and not one of them in use or free when the busy CPU needs it. */
    @Test
    void idleCpusHoardWhatTheBusyOneNeeds() {
        final RunResult scarce = run(Generator.IDLE_HOARD, IN_ORDER.withPageLimit(16));
        final RunResult plenty = run(Generator.IDLE_HOARD, IN_ORDER);

        assertThat(scarce.failedGets()).isEqualTo(5_925);
        assertThat(scarce.failedWhileParked()).hasValue(5_925);
        assertThat(sum(scarce, CpuReport::parked)).isEqualTo(16 * 32);
        assertThat(plenty.failedGets()).isZero();
        assertThat(sum(plenty, CpuReport::parked)).isEqualTo(672);
    }

    /** A cache that has room for many times eight heads refills as often, whether it gets them at once or one by one. */
    @Test
    void headsThatAreGotAtOnceSaveContactsInSmallCachesOnly() {
        assertThat(contacts(CachePolicy.LINUX_5_12, Kernel.LINUX_5_12)).isEqualTo(232);
        assertThat(contacts(CachePolicy.LINUX_5_12, Kernel.LINUX_5_12.with(CodePath.BULK_GET)))
                .isEqualTo(232);
        final CachePolicy small = new CachePolicy(8, 4, 4, SpillEnd.NEWEST);
        assertThat(contacts(small, Kernel.LINUX_5_12)).isEqualTo(4_762);
        assertThat(contacts(small, Kernel.LINUX_5_12.with(CodePath.BULK_GET))).isEqualTo(4_665);
    }

    private static long contacts(CachePolicy cache, Kernel kernel) {
        final CpuPolicy policy = new CpuPolicy(cache, kernel, true, CpuPolicy.BACKLOG_LIMIT);
        return sum(run(Generator.CPUMAP_GRO, IN_ORDER.with(policy)), CpuReport::contacts);
    }

    /** One refill, of whoever begins; the other one is given a head before it needs one. */
    @Test
    void headsThatBounceAskTheSlabOnce() {
        final RunResult result = run(Generator.NUMA_PING_PONG, IN_ORDER);

        assertThat(sum(result, CpuReport::gets)).isEqualTo(PACKETS);
        assertThat(sum(result, CpuReport::refills)).isOne();
        assertThat(sum(result, CpuReport::slabMessages)).isOne();
    }

    /** Heads that go home to the sender leave its cache again with what it sends, so that the walk stays within it. */
    @Test
    void noPolicyHasFewerContactsThanTheLeastWhereTasksTakeFromTheCache() {
        final Figures figures = Figures.of(
                Generator.AF_XDP.workload(Generator.AF_XDP.defaults().withPackets(PACKETS)),
                IN_ORDER.with(Policies.named("linux-6.19").orElseThrow().cpu()));

        assertThat((double) figures.leastContacts() / PACKETS).isLessThanOrEqualTo(figures.contacts());
    }
}
