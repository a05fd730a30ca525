package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuReport;
import headcache.protocol.Op;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Heads that are got at once, worked out by hand from {@code napi_skb_cache_get_bulk}: a cache for 6 that asks for 2 and gives
 * 2 back, and a slab of 8 heads.
 */
class BulkGetTest {
    private final List<String> notes = new ArrayList<>();
    private final StepBench bench = machine(Kernel.LINUX_6_19);

    private static StepBench machine(Kernel kernel) {
        return new StepBench(MachineConfig.of(Topology.even(1, 1))
                .with(new CpuPolicy(new CachePolicy(6, 2, 2, SpillEnd.NEWEST), kernel, true, CpuPolicy.BACKLOG_LIMIT))
                .withHeads(new SlabConfig(1, 0, 8, 0)));
    }

    private static Op build(Integer... slots) {
        return new Op.BuildBulk(List.of(slots));
    }

    private static boolean isOfCache(String line) {
        return line.matches("(BULK|GET|SHORTFALL|REFILL).*");
    }

    /** What a bulk get of {@code slots} does with the cache, and how many it got. */
    private void note(Integer... slots) {
        bench.forget();
        bench.start(CPU, build(slots));
        bench.finish();
        bench.heads(CPU).stream().filter(BulkGetTest::isOfCache).forEach(notes::add);
        notes.addAll(bench.answers());
    }

    private void consume(int... slots) {
        bench.run(IntStream.of(slots)
                .mapToObj(slot -> Op.release(WayOut.NAPI_CONSUME_SKB, slot))
                .toArray(Op[]::new));
    }

    @Test
    void theExampleWorkedOutByHand() {
        note(0); //              [] tops up: [0 1], takes 1
        note(1, 2, 3); //        [0] tops up: [0 2 3], takes all, the lowest first
        note(4, 5, 6, 7); //     [] tops up: [4 5], takes both, and 6 7 past the cache
        note(8, 9); //           [] and nothing left: refused twice, none
        consume(4, 5, 6); //     [4 5 6]
        note(8, 9); //           takes 5 6, the newest, without the slab: [4]
        note(10, 11, 12); //     [4] is all there is: one of three
        consume(3); //           [3]
        bench.run(Op.release(WayOut.KFREE_SKB, 1)); // one head in the slab: head 0
        note(1, 3); //           a refill of 2 is refused, the one that is missing is not: 3 0
        consume(0, 2, 7, 8, 9); // [1 2 7 5 6], room for one
        bench.run(Op.release(WayOut.KFREE_SKB, 1)); // and one in the slab: head 3
        note(0, 2, 4, 5, 6, 7); // tops up by one: [1 2 7 5 6 3], full, and takes all

        assertThat(notes)
                .containsExactly(
                        "BULK_GET 1",
                        "REFILL_ASKED 2",
                        "REFILL n0/0-1 slots 0-1",
                        "GET n0/1 1",
                        "BatchDone by cpu-0 failed 0 cancelled 0",
                        "BULK_GET 3",
                        "REFILL_ASKED 2",
                        "REFILL n0/2-3 slots 1-2",
                        "GET n0/0 2",
                        "GET n0/2 1",
                        "GET n0/3 0",
                        "BatchDone by cpu-0 failed 0 cancelled 0",
                        "BULK_GET 4",
                        "REFILL_ASKED 2",
                        "REFILL n0/4-5 slots 0-1",
                        "SHORTFALL_ASKED 2",
                        "GET n0/4 1",
                        "GET n0/5 0",
                        "SHORTFALL n0/6 place 2",
                        "SHORTFALL n0/7 place 3",
                        "BatchDone by cpu-0 failed 0 cancelled 0",
                        "BULK_GET 2",
                        "REFILL_ASKED 2",
                        "REFILL_FAILED",
                        "SHORTFALL_ASKED 2",
                        "SHORTFALL_FAILED",
                        "GET_FAILED",
                        "GET_FAILED",
                        "BatchDone by cpu-0 failed 2 cancelled 0",
                        "BULK_GET 2",
                        "GET n0/5 2",
                        "GET n0/6 1",
                        "BatchDone by cpu-0 failed 0 cancelled 0",
                        "BULK_GET 3",
                        "REFILL_ASKED 2",
                        "REFILL_FAILED",
                        "SHORTFALL_ASKED 2",
                        "GET n0/4 0",
                        "SHORTFALL_FAILED",
                        "GET_FAILED",
                        "GET_FAILED",
                        "BatchDone by cpu-0 failed 2 cancelled 0",
                        "BULK_GET 2",
                        "REFILL_ASKED 2",
                        "REFILL_FAILED",
                        "SHORTFALL_ASKED 1",
                        "GET n0/3 0",
                        "SHORTFALL n0/0 place 1",
                        "BatchDone by cpu-0 failed 0 cancelled 0",
                        "BULK_GET 6",
                        "REFILL_ASKED 1",
                        "REFILL n0/3 slot 5",
                        "GET n0/1 5",
                        "GET n0/2 4",
                        "GET n0/7 3",
                        "GET n0/5 2",
                        "GET n0/6 1",
                        "GET n0/3 0",
                        "BatchDone by cpu-0 failed 0 cancelled 0");
        assertThat(List.of(10, 11, 12)).filteredOn(bench::isEmpty).containsExactly(11, 12);
    }

    /** Of the six bulk requests that brought any heads, four were refills and two went past the cache. */
    @Test
    void theExampleIsCounted() {
        theExampleWorkedOutByHand();

        final CpuReport report = bench.report(CPU);
        assertThat(report.gets()).isEqualTo(23);
        assertThat(report.failedGets()).isEqualTo(4);
        assertThat(report.refills()).isEqualTo(6);
        assertThat(report.failedRefills()).isEqualTo(5);
        assertThat(report.fetched()).isEqualTo(10);
        assertThat(report.recycled()).isEqualTo(9);
        assertThat(report.contacts()).isEqualTo(11);
    }

    @Test
    void shouldStandStillBetweenTheRefillAndWhatIsMissing() {
        bench.start(CPU, build(0, 1, 2));

        assertThat(bench.inFlight()).containsExactly("cpu-0 to node-0: BulkAlloc 2");
        bench.deliverOldest();
        bench.deliverOldest();
        assertThat(bench.inFlight()).containsExactly("cpu-0 to node-0: BulkAlloc 1");
        assertThat(bench.cpu(CPU).heads().count()).isEqualTo(2);
        assertThat(bench.cpu(CPU).isSuspended()).isTrue();
        bench.finish();
        assertThat(bench.answers()).containsExactly("BatchDone by cpu-0 failed 0 cancelled 0");
        assertThat(bench.cpu(CPU).heads().count()).isZero();
    }

    /** Both wait for one head of an empty cache, and only one of them has topped it up. */
    @Test
    void howFarItHasComeIsPartOfTheState() {
        final StepBench poor = machine(Kernel.LINUX_6_19);
        poor.run(build(0, 1, 2, 3, 4, 5, 6, 7));
        poor.start(CPU, build(8, 9));
        final byte[] topsUp = poor.encoded(CPU);
        poor.deliverOldest();
        poor.deliverOldest();

        assertThat(poor.inFlight()).containsExactly("cpu-0 to node-0: BulkAlloc 2");
        assertThat(poor.encoded(CPU)).isNotEqualTo(topsUp);
        final StepBench copy = poor.copy();
        copy.finish();
        poor.finish();
        assertThat(copy.answers()).isEqualTo(poor.answers());
        assertThat(copy.events(CPU)).isEqualTo(poor.events(CPU));
    }

    @Test
    void aKernelWithoutItDoesOneGetAfterTheOther() {
        final StepBench older = machine(Kernel.LINUX_5_12);

        assertThat(older.run(build(0, 1, 2)))
                .filteredOn(BulkGetTest::isOfCache)
                .containsExactly(
                        "REFILL_ASKED 2",
                        "REFILL n0/0-1 slots 0-1",
                        "GET n0/1 1",
                        "GET n0/0 0",
                        "REFILL_ASKED 2",
                        "REFILL n0/2-3 slots 0-1",
                        "GET n0/3 1");
        older.forget();
        older.start(CPU, build(3, 4, 5, 6, 7, 8));
        older.finish();
        assertThat(older.answers()).containsExactly("BatchDone by cpu-0 failed 1 cancelled 0");
        assertThat(older.isEmpty(8)).isTrue();
    }

    @Test
    void aTaskHasNoCacheToTakeFrom() {
        assertThatThrownBy(() -> bench.runOn(TASK, build(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("napi_build_skb needs NAPI context, but was called by a task: cpu=0");
    }

    @Test
    void aSlotThatIsInUseIsNoPlaceForAnSkb() {
        bench.run(build(0));

        assertThatThrownBy(() -> bench.run(build(1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allocation into a slot that is in use: slot=0");
    }
}
