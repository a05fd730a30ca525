package headcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headcache.cache.CachePolicy;
import headcache.cost.Cost;
import headcache.machine.RunningMachine.Threads;
import headcache.metrics.Figures;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotReport;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.generated.Generator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policies against figures that were worked out without them. */
class PoliciesTest {
    private static final int PACKETS = 40_000;

    private static Policy policy(String name) {
        return Policies.named(name).orElseThrow();
    }

    private static Figures figures(String policy, Generator generator) {
        return Figures.of(
                generator.workload(generator.defaults().withPackets(PACKETS)),
                RunOptions.DEFAULT.with(policy(policy).cpu()).with(Threads.DETERMINISTIC));
    }

    /** One CPU only gets and the other only puts: a contact for each refill and each spill, 1/R + 1/S. */
    @ParameterizedTest
    @CsvSource({
        "linux-5.12, 16, 32",
        "linux-5.12-unfixed, 16, 32",
        "linux-128, 32, 32",
        "dpdk-26.03, 65, 96",
        "dpdk-26.07, 32, 32"
    })
    void shouldPayForEachBatchWhenHeadsGoOneWay(String name, double refill, double spill) {
        assertThat(figures(name, Generator.ONE_WAY).contacts()).isCloseTo(1 / refill + 1 / spill, within(0.0002));
    }

    /** Contacts when 100 are taken and 100 given back, again and again: from a count model of sixty lines. */
    @ParameterizedTest
    @CsvSource({
        "linux-5.12, 0.060",
        "linux-5.12-unfixed, 0.060",
        "linux-128, 0.020",
        "dpdk-26.03, 0.025",
        "dpdk-26.07, 0.040"
    })
    void shouldAgreeWithTheCountModelOnBursts(String name, double contacts) {
        assertThat(figures(name, Generator.BURST).contacts()).isCloseTo(contacts, within(0.0005));
    }

    @ParameterizedTest
    @CsvSource({"no-cache, 2.0", "linux-5.11, 1.0", "linux-5.12, 0.0"})
    void shouldGoToTheSlabSinglyWhereNothingIsCached(String name, double singles) {
        assertThat(figures(name, Generator.BURST).singles()).isEqualTo(singles);
    }

    /** By the formula that the properties of the contact gap hold for every cache that is one array. */
    @ParameterizedTest
    @CsvSource({"linux-5.12, 16", "linux-5.19, 16", "linux-6.19, 32", "linux-128, 32", "dpdk-26.03, 2", "dpdk-26.07, 32"
    })
    void shouldHaveTheContactGapThatItPromises(String name, int gap) {
        final CachePolicy cache = policy(name).cpu().cache();
        final int afterContact = Math.min(cache.capacity() - cache.refill(), cache.capacity() - cache.spill()) + 1;

        assertThat(Math.min(Math.min(cache.refill(), cache.spill()), afterContact))
                .isEqualTo(gap);
    }

    /** What the taker needs comes from the giver by way of the depot; only before it has begun does a head come singly. */
    @Test
    void shouldCirculateHeadsInMagazines() {
        final Figures oneWay = figures("magazines", Generator.ONE_WAY);
        final DepotReport depot = RunResult.depots(oneWay.result().atEnd()).get(0);

        assertThat(oneWay.contacts() * PACKETS).isCloseTo((double) depot.trades(), within(1e-6));
        assertThat(oneWay.hitRate()).isCloseTo(1 - (double) depot.passedOn() / PACKETS, within(1e-9));
        assertThat(depot.fullTaken()).isBetween(PACKETS / 31L - 2, PACKETS / 31L);
        assertThat(oneWay.bill().count(Cost.DEPOT_TRADE)).isEqualTo(depot.trades());
        assertThat(oneWay.bill().count(Cost.BULK_ALLOC_HEAD)).isEqualTo(depot.passedOn());
    }

    /**
     * The giver keeps two sheaves of 28 and trades one for each 28 puts; the barn has room for ten, so that at most as
     * many are given home as it refused.
     */
    @Test
    void shouldCirculateHeadsInSheaves() {
        final Figures oneWay = figures("sheaves", Generator.ONE_WAY);
        final DepotReport barn = RunResult.depots(oneWay.result().atEnd()).get(0);
        final long offered = barn.fullTaken() + barn.refused();

        assertThat(offered).isEqualTo((PACKETS - 29) / 28);
        assertThat(barn.mostMagazines()).isLessThanOrEqualTo(10);
        assertThat(oneWay.contacts() * PACKETS).isCloseTo((double) barn.trades(), within(1e-6));
        assertThat(oneWay.hitRate()).isCloseTo(1 - 28.0 * barn.passedOn() / PACKETS, within(1e-9));
        assertThat(oneWay.bill().count(Cost.BULK_FREE_HEAD)).isEqualTo(28 * barn.refused());
        assertThat(oneWay.bill().count(Cost.PAGE_LOOK)).isEqualTo(PACKETS);
    }

    /** What a CPU of the other node frees goes home by itself: nothing is cached, and every free is a remote one. */
    @Test
    void shouldSendHeadsOfTheOtherNodeHomeSingly() {
        final Figures cross = figures("sheaves", Generator.NUMA_CROSS);

        assertThat(cross.remoteFrees()).isEqualTo(1);
        assertThat(cross.singles()).isGreaterThan(0.9);
    }

    /** Every head is taken on the first CPU and consumed on the second, which may put only what the first refuses; its polls come often enough. */
    @Test
    void shouldHandAliensBackOrPutWhatIsRefused() {
        final RunResult result = figures("linux-6.19", Generator.ONE_WAY).result();
        final CpuReport taker = RunResult.cpus(result.atEnd()).get(0);
        final CpuReport giver = RunResult.cpus(result.atEnd()).get(1);

        assertThat(taker.deferred() + taker.deferRefused()).isEqualTo(PACKETS);
        assertThat(taker.puts()).isEqualTo(taker.deferred() - taker.onDeferList());
        assertThat(giver.puts()).isEqualTo(taker.deferRefused());
        assertThat(taker.deferKicks()).isZero();
    }

    /** A router's frames are taken on one CPU and consumed after transmission on another; polls and softirqs empty the lists. */
    @Test
    void shouldRecycleWhatAnotherCpuConsumes() {
        final Figures before = figures("linux-128", Generator.VLAN_NAT);
        final Figures aliens = figures("linux-6.19", Generator.VLAN_NAT);

        assertThat(before.hitRate()).isLessThan(0.5);
        assertThat(aliens.hitRate()).isGreaterThan(0.9);
        assertThat(aliens.contacts()).isLessThan(before.contacts() / 10);
        assertThat(RunResult.cpus(aliens.result().atEnd()).stream()
                        .mapToLong(CpuReport::deferKicks)
                        .sum())
                .isPositive();
    }

    /** Each head that is freed elsewhere is set aside, and 64 make a message; what came back serves the gets after it. */
    @Test
    void shouldPostHeadsToTheirOwnersInBatches() {
        final Figures oneWay = figures("snmalloc", Generator.ONE_WAY);
        final List<CpuReport> cpus = RunResult.cpus(oneWay.result().atEnd());

        assertThat(cpus.get(1).setAside()).isEqualTo(PACKETS);
        assertThat(cpus.get(1).posts()).isEqualTo(PACKETS / 64);
        assertThat(cpus.get(1).puts()).isZero();
        assertThat(cpus.get(0).gets()).isEqualTo(PACKETS);
        assertThat(cpus.get(0).fetched() + cpus.get(0).takenBack()).isBetween((long) PACKETS, PACKETS + 64L);
        assertThat(oneWay.bill().count(Cost.POST)).isEqualTo(PACKETS / 64);
    }

    @Test
    void shouldHaveNamesOfTheirOwn() {
        assertThat(Policies.ALL).extracting(Policy::name).doesNotHaveDuplicates();
        assertThat(Policies.named("linux-5.13")).isEmpty();
    }
}
