package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.middle.BarnStep;
import headcache.middle.Sheaves;
import headcache.policy.Policies;
import headcache.protocol.CpuId;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotId;
import headcache.protocol.NodeId;
import headcache.protocol.SlabReply;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.Workload;
import headcache.workload.generated.Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DivergenceTest {
    private static final CpuId TAKER = new CpuId(0);
    private static final CpuId GIVER = new CpuId(1);

    /** Operations are told by events alone, so any state will do. */
    private static final Step<?> ANY = new BarnStep(new DepotId(0), NodeId.of(0), Sheaves.LINUX_7_0);

    private static Operations run(CpuPolicy policy, Generator generator) {
        return Divergence.run(workload(generator), options(policy));
    }

    private static Workload workload(Generator generator) {
        return generator.workload(generator.defaults().withPackets(2000));
    }

    private static RunOptions options(CpuPolicy policy) {
        return RunOptions.DEFAULT.with(policy).with(Threads.DETERMINISTIC);
    }

    private static CpuPolicy named(String policy) {
        return Policies.named(policy).orElseThrow().cpu();
    }

    private static CpuPolicy cache(int capacity, int refill, int spill) {
        return new CpuPolicy(
                new CachePolicy(capacity, refill, spill, SpillEnd.NEWEST),
                Kernel.LINUX_5_12,
                true,
                CpuPolicy.BACKLOG_LIMIT);
    }

    /** One way, a cache of 64 and one of 128 that refill alike part where the smaller is full: at the 64th put. */
    @Test
    void shouldFindThe64thPut() {
        final Divergence parting =
                Divergence.of(run(CpuPolicy.LINUX_5_12, Generator.ONE_WAY), run(cache(128, 16, 32), Generator.ONE_WAY));

        assertThat(parting.isThere()).isTrue();
        assertThat(parting.inFirst()).contains(new Operation(GIVER, Operation.What.PUT, 64, false, 0, 32, 64));
        assertThat(parting.inSecond()).contains(new Operation(GIVER, Operation.What.PUT, 64, false, 0, 0, 64));
        assertThat(parting.inFirst().orElseThrow().story())
                .isEqualTo("puts one: 64 in the cache, gives 32 back in bulk");
    }

    /** 128/32/32 parts from 64/16/32 earlier: its first refill lasts longer, so that only one of them misses at the 17th. */
    @Test
    void shouldFindTheGetThatOnlyOneOfThemMisses() {
        final Divergence parting =
                Divergence.of(run(named("linux-5.12"), Generator.BURST), run(named("linux-128"), Generator.BURST));

        assertThat(parting.inFirst()).contains(new Operation(TAKER, Operation.What.GET, 17, true, 16, 0, 15));
        assertThat(parting.inSecond()).contains(new Operation(TAKER, Operation.What.GET, 17, false, 0, 0, 15));
        assertThat(parting.place()).isEqualTo(16);
    }

    /** 5.19 hands back what a task has read, which 5.12 frees where it is. */
    @Test
    void shouldFindTheFirstHandBack() {
        final Divergence parting =
                Divergence.of(run(named("linux-5.12"), Generator.TCP_RX), run(named("linux-5.19"), Generator.TCP_RX));

        assertThat(parting.inFirst().orElseThrow().what()).isEqualTo(Operation.What.SINGLE_FREE);
        assertThat(parting.inSecond().orElseThrow().what()).isEqualTo(Operation.What.HANDED_BACK);
    }

    /** What another CPU took is put by 5.12, and set aside by snmalloc. */
    @Test
    void shouldFindTheFirstHeadThatIsSetAside() {
        final Divergence parting =
                Divergence.of(run(named("linux-5.12"), Generator.ONE_WAY), run(named("snmalloc"), Generator.ONE_WAY));

        assertThat(parting.inFirst()).contains(new Operation(GIVER, Operation.What.PUT, 1, false, 0, 0, 1));
        assertThat(parting.inSecond()).contains(new Operation(GIVER, Operation.What.SET_ASIDE, 1, false, 0, 0, 0));
        assertThat(parting.inSecond().orElseThrow().story()).isEqualTo("sets one aside for its owner");
    }

    /** What follows adds up to all contacts of the run that were not before. */
    @ParameterizedTest
    @CsvSource({
        "linux-5.12, linux-128, BURST",
        "linux-5.11, linux-5.12, BURST",
        "dpdk-26.03, magazines, BURST",
        "no-cache, sheaves, BURST",
        "linux-6.19, snmalloc, VLAN_NAT",
        "linux-5.12, snmalloc, UDP_TX"
    })
    void shouldCountWhatFollows(String first, String second, Generator generator) {
        final Divergence parting = Divergence.of(run(named(first), generator), run(named(second), generator));

        assertThat(parting.first().contacts(0, parting.place()))
                .isEqualTo(parting.second().contacts(0, parting.place()));
        assertThat(parting.contactsWithin(parting.first(), Integer.MAX_VALUE / 2))
                .isEqualTo(parting.contactsAfter(parting.first()));
        assertThat(parting.first().contacts()).isEqualTo(reported(named(first), generator));
        assertThat(parting.second().contacts()).isEqualTo(reported(named(second), generator));
    }

    private static long reported(CpuPolicy policy, Generator generator) {
        return RunResult.cpus(Figures.of(workload(generator), options(policy))
                        .result()
                        .atEnd())
                .stream()
                .mapToLong(CpuReport::contacts)
                .sum();
    }

    /** Of eight heads at once, a cache for four has two after its refill, and the others come past it. */
    @Test
    void shouldFindTheFirstHeadThatABulkGetTakesPastTheCache() {
        final CachePolicy small = new CachePolicy(4, 2, 2, SpillEnd.NEWEST);
        final CpuPolicy atOnce = new CpuPolicy(small, Kernel.LINUX_6_19, true, CpuPolicy.BACKLOG_LIMIT);
        final CpuPolicy each =
                new CpuPolicy(small, Kernel.LINUX_6_19.without(CodePath.BULK_GET), true, CpuPolicy.BACKLOG_LIMIT);
        final Divergence parting = Divergence.of(run(each, Generator.CPUMAP_GRO), run(atOnce, Generator.CPUMAP_GRO));

        assertThat(parting.inFirst()).contains(new Operation(TAKER, Operation.What.GET, 3, true, 2, 0, 1));
        assertThat(parting.inSecond()).contains(new Operation(TAKER, Operation.What.SHORTFALL, 1, true, 6, 0, 0));
        assertThat(parting.inSecond().orElseThrow().story()).isEqualTo("fetches 6 in bulk past the cache, takes one");
        assertThat(parting.first().contacts(0, 2)).isEqualTo(1);
        assertThat(parting.second().contacts(0, 2)).isEqualTo(1);
        assertThat(parting.contactsWithin(parting.second(), Integer.MAX_VALUE / 2))
                .isEqualTo(parting.contactsAfter(parting.second()));
        assertThat(parting.second().contacts()).isEqualTo(reported(atOnce, Generator.CPUMAP_GRO));
    }

    /** A bulk get that is refused twice; the next one finds one head, too few, and gets a refill. */
    @Test
    void shouldTellOfABulkGetWhatItFound() {
        final Operations operations = new Operations(1);
        final EventLog events = new EventLog();
        events.add(EventKind.BULK_GET, 0, 1);
        events.add(EventKind.REFILL_ASKED, 0, 2);
        events.add(EventKind.SHORTFALL_ASKED, 0, 1);
        events.add(EventKind.SHORTFALL_FAILED, 0, 0);
        events.add(EventKind.GET_FAILED, 0, 0);
        events.add(EventKind.PUT, 0, 1);
        events.add(EventKind.BULK_GET, 0, 2);
        events.add(EventKind.REFILL_ASKED, 0, 2);
        events.add(EventKind.REFILL, 0, 1);
        events.add(EventKind.REFILL, 0, 2);
        events.add(EventKind.GET, 0, 2);
        events.add(EventKind.GET, 0, 1);
        operations.onStep(TAKER, SlabReply.Freed.FREED, ANY, events);

        assertThat(operations.contacts()).isEqualTo(3);
        assertThat(operations.contacts(0, 1)).isEqualTo(2);
        assertThat(operations.contacts(2, 4)).isEqualTo(1);
        assertThat(operations.at(0).story()).isEqualTo("finds the cache empty, and gets no refill");
        assertThat(operations.at(2).story())
                .isEqualTo("finds 1 in the cache, too few, fetches 2 in bulk, takes one: 2 left");
    }

    /** Beyond the operations that are kept, contacts are counted as before. */
    @Test
    void shouldCountContactsOfOperationsThatAreNotKept() {
        final Operations operations = new Operations(1);
        final EventLog puts = new EventLog();
        for (int i = 0; i < 16; i++) {
            puts.add(EventKind.PUT, i, i + 1);
        }
        puts.add(EventKind.SPILL, 14, 14);
        puts.add(EventKind.SPILL, 15, 15);
        final int times = Operations.MOST / 16 + 3;
        for (int i = 0; i < times; i++) {
            operations.onStep(TAKER, SlabReply.Freed.FREED, ANY, puts);
        }

        assertThat(operations.kept()).isEqualTo(Operations.MOST);
        assertThat(operations.count()).isEqualTo(16L * times);
        assertThat(operations.contacts()).isEqualTo(times);
    }

    @Test
    void shouldFindNothingBetweenARunAndItself() {
        final Divergence parting = Divergence.of(
                run(CpuPolicy.LINUX_5_12, Generator.ONE_WAY), run(CpuPolicy.LINUX_5_12, Generator.ONE_WAY));

        assertThat(parting.isThere()).isFalse();
        assertThat(parting.place()).isEqualTo(4000);
        assertThat(parting.inFirst()).isEmpty();
    }
}
