package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.ActorName;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.HeadMisuse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A pair of twins is one object of its own slab, and is free when both parts have come back. */
class FclonePairTest {
    private static final int ORIGINAL = 0;
    private static final int COMPANION = 1;

    private final StepBench bench = StepBench.cpus(2);

    private List<String> free(int slot, WayOut way, ActorName who) {
        bench.heads(NODE);
        bench.runOn(who, Op.release(way, slot));
        return bench.heads(NODE);
    }

    private void allocatePair() {
        bench.runOn(TASK, Op.allocate(WayIn.ALLOC_SKB_FCLONE, ORIGINAL), new Op.Clone(ORIGINAL, COMPANION));
        assertThat(bench.out(NODE, SlabKind.FCLONE)).isEqualTo(1);
    }

    static Stream<List<Integer>> orders() {
        return Stream.of(List.of(ORIGINAL, COMPANION), List.of(COMPANION, ORIGINAL));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldBeFreeWhenBothPartsCameFromTwoCpus(List<Integer> order) {
        allocatePair();

        assertThat(free(order.get(0), WayOut.NAPI_CONSUME_SKB, CPU)).containsExactly("SLAB_HALF n0/f0 node-0");
        assertThat(bench.out(NODE, SlabKind.FCLONE)).isEqualTo(1);
        assertThat(free(order.get(1), WayOut.NAPI_CONSUME_SKB, CPU_1)).containsExactly("SLAB_IN n0/f0 node-0");
        assertThat(bench.out(NODE, SlabKind.FCLONE)).isZero();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldBeFreeWhenACpuAndATaskFreedIt(List<Integer> order) {
        allocatePair();

        assertThat(free(order.get(0), WayOut.KFREE_SKB, TASK)).containsExactly("SLAB_HALF n0/f0 node-0");
        assertThat(free(order.get(1), WayOut.NAPI_CONSUME_SKB, CPU)).containsExactly("SLAB_IN n0/f0 node-0");
    }

    @Test
    void shouldBeFreeAtOnceIfTheCompanionWasNeverUsed() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, ORIGINAL));

        assertThat(free(ORIGINAL, WayOut.KFREE_SKB, TASK)).containsExactly("SLAB_IN n0/f0 node-0");
    }

    /** In every way out that may meet a twin. */
    @ParameterizedTest
    @EnumSource(
            value = WayOut.class,
            names = {"KFREE_SKB_DEFER", "GRO_FRAGS_REUSE"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldNeverEnterACache(WayOut way) {
        allocatePair();

        assertThat(free(ORIGINAL, way, CPU)).containsExactly("SLAB_HALF n0/f0 node-0");
        assertThat(free(COMPANION, way, CPU)).containsExactly("SLAB_IN n0/f0 node-0");
        assertThat(bench.report(CPU).puts()).isZero();
        assertThat(bench.cpu(CPU).heads().count()).isZero();
    }

    @Test
    void shouldBeUsedAgainAsAWhole() {
        allocatePair();
        free(ORIGINAL, WayOut.KFREE_SKB, TASK);
        free(COMPANION, WayOut.KFREE_SKB, TASK);
        allocatePair();

        assertThat(bench.skb(ORIGINAL).head()).isEqualTo(bench.skb(COMPANION).head());
        assertThat(free(COMPANION, WayOut.KFREE_SKB, TASK)).containsExactly("SLAB_HALF n0/f0 node-0");
    }

    @Test
    void shouldBeNamedIfItIsFreedAThirdTime() {
        allocatePair();
        final Skb original = bench.skb(ORIGINAL);
        free(ORIGINAL, WayOut.KFREE_SKB, TASK);
        free(COMPANION, WayOut.KFREE_SKB, TASK);
        bench.put(ORIGINAL, original);

        assertThatThrownBy(() -> free(ORIGINAL, WayOut.KFREE_SKB, TASK))
                .isInstanceOf(HeadMisuse.class)
                .hasMessageStartingWith("DOUBLE_FREE: head=n0/f0 at=node-0");
    }
}
