package headcache.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.policy.Series;
import headcache.policy.Stage;
import headcache.protocol.AllocFlag;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each stage of the series sends to the cache and what to the slab, taken from the changelogs of its patches. */
class SeriesTest {
    private static final String NEVER = "never";

    private static StepBench bench(Stage stage) {
        return StepBench.oneCpu(stage.policy());
    }

    private static Op.Allocate call(WayIn way) {
        return new Op.Allocate(way, 0, AllocFlag.NAPI.bit(), Op.ANY_NODE, false);
    }

    private static boolean isServed(Stage stage, WayIn way) {
        return bench(stage).run(call(way)).stream().anyMatch(line -> line.startsWith("GET "));
    }

    private static boolean isPut(Stage stage, WayOut way) {
        final StepBench bench = bench(stage);
        bench.run(call(WayIn.BUILD_SKB));
        return bench.run(Op.release(way, 0)).stream().anyMatch(line -> line.startsWith("PUT "));
    }

    /** The patch from which on {@code way} is served by the cache, at all later stages too. */
    private static String since(List<Boolean> served) {
        final int first = served.indexOf(true);
        if (first < 0) {
            return NEVER;
        }
        assertThat(served.subList(first, served.size())).doesNotContain(false);
        return Series.MERGED.get(first).name();
    }

    @ParameterizedTest
    @CsvSource({
        "NAPI_BUILD_SKB, patch 8",
        "ALLOC_SKB_FLAGS, patch 9",
        "NAPI_ALLOC_SKB_FRAG, patch 10",
        "NAPI_ALLOC_SKB_KMALLOC, patch 10",
        "NAPI_GET_FRAGS, patch 10",
        "BUILD_SKB, never",
        "NETDEV_ALLOC_SKB, never",
        "ALLOC_SKB, never",
        "ALLOC_SKB_FCLONE, never"
    })
    void shouldServeFromTheCacheSince(WayIn way, String patch) {
        assertThat(since(Series.MERGED.stream()
                        .map(stage -> isServed(stage, way))
                        .toList()))
                .isEqualTo(patch);
    }

    @ParameterizedTest
    @CsvSource({
        "NAPI_CONSUME_SKB, before",
        "KFREE_SKB_DEFER, before",
        "GRO_STOLEN_HEAD, patch 11",
        "GRO_MERGED_FREE, patch 11",
        "KFREE_SKB, never"
    })
    void shouldPutSince(WayOut way, String patch) {
        assertThat(since(Series.MERGED.stream().map(stage -> isPut(stage, way)).toList()))
                .isEqualTo(patch);
    }

    @Test
    void shouldFlushAfterASoftirqUntilPatchSix() {
        assertThat(Series.MERGED.stream().filter(SeriesTest::flushes).map(Stage::name))
                .containsExactly("before", "patch 1", "patch 2", "patch 3", "patch 4", "patch 5");
    }

    private static boolean flushes(Stage stage) {
        final StepBench bench = bench(stage);
        bench.run(call(WayIn.BUILD_SKB));
        bench.run(Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        return bench.run(new Op.PollEnd()).stream().anyMatch(line -> line.startsWith("FLUSH n0/0 "));
    }

    @Test
    void shouldChangeNothingWhereAPatchOnlyRefactors() {
        for (int i = 1; i < Series.MERGED.size(); i++) {
            final Stage stage = Series.MERGED.get(i);
            final boolean alike = stage.policy().equals(Series.MERGED.get(i - 1).policy());

            assertThat(alike).as(stage.name()).isEqualTo(stage.kind() == Stage.Kind.REFACTORS);
        }
    }

    @Test
    void shouldEndWithTheMergedKernel() {
        assertThat(Series.MERGED.get(11).policy()).isEqualTo(CpuPolicy.LINUX_5_12);
    }

    @Test
    void shouldServeEveryCallFromTheCacheInVersionThree() {
        assertThat(List.of(WayIn.BUILD_SKB, WayIn.NETDEV_ALLOC_SKB, WayIn.ALLOC_SKB, WayIn.NAPI_BUILD_SKB))
                .allMatch(way -> isServed(beside("v3"), way));
        assertThat(isServed(beside("v3"), WayIn.ALLOC_SKB_FCLONE)).isFalse();
    }

    @Test
    void shouldGiveBackWhatIsAboveHalfWhenASoftirqEnds() {
        final StepBench bench = bench(beside("flush"));
        for (int slot = 0; slot < 40; slot++) {
            bench.run(Op.allocate(WayIn.BUILD_SKB, slot));
        }
        for (int slot = 0; slot < 40; slot++) {
            bench.run(Op.release(WayOut.NAPI_CONSUME_SKB, slot));
        }

        final List<String> end = bench.run(new Op.PollEnd());

        assertThat(end.stream().filter(line -> line.startsWith("FLUSH"))).containsExactly("FLUSH n0/32-39 slots 32-39");
        assertThat(bench.run(new Op.PollEnd())).noneMatch(line -> line.startsWith("FLUSH"));
    }

    @Test
    void shouldFetchWhatIsMissingToHalfWhenASoftirqEnds() {
        final StepBench bench = bench(beside("v2"));

        assertThat(bench.run(new Op.PollEnd()).stream().filter(line -> line.startsWith("REFILL")))
                .containsExactly("REFILL_ASKED 32", "REFILL n0/0-31 slots 0-31");
        assertThat(bench.run(new Op.PollEnd())).noneMatch(line -> line.startsWith("REFILL"));
    }

    /** The page is looked at where a head would be put, and nowhere else. */
    @Test
    void shouldSendAHeadOfAnotherNodeToItsSlab() {
        final StepBench bench = new StepBench(
                MachineConfig.of(Topology.even(2, 2)).with(beside("check").policy()));
        bench.runOn(StepBench.CPU, Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1));

        assertThat(bench.runOn(StepBench.CPU_1, Op.release(WayOut.NAPI_CONSUME_SKB, 0)))
                .contains("SINGLE_FREE n0/0")
                .noneMatch(line -> line.startsWith("PUT "));
        assertThat(bench.runOn(StepBench.CPU, Op.release(WayOut.NAPI_CONSUME_SKB, 1)))
                .anyMatch(line -> line.startsWith("PUT n0/1"));
    }

    private static Stage beside(String name) {
        return Series.BESIDE.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
