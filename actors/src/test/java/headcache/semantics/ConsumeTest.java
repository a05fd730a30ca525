package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code napi_consume_skb} and its five branches, and what is handed back by a socket, which ends the same way. */
class ConsumeTest {
    private static final Op CONSUME = Op.release(WayOut.NAPI_CONSUME_SKB, 0);

    private final StepBench bench = StepBench.oneCpu();

    @Test
    void shouldBypassTheCacheWithBudget0() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0));

        assertThat(bench.run(Op.release(WayOut.NAPI_CONSUME_SKB_BUDGET_0, 0)))
                .containsExactly("DATA_DROPPED n0/0", "DIED n0/0 napi_consume_skb(0)", "SINGLE_FREE n0/0");
        assertThat(bench.report(CPU).puts()).isZero();
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"NAPI_CONSUME_SKB", "NAPI_CONSUME_SKB_BUDGET_0", "HAND_BACK", "KFREE_SKB"})
    void shouldFreeNothingThatIsStillShared(WayOut way) {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), new Op.Share(0), new Op.Share(0));
        assertThat(bench.skb(0).users()).isEqualTo(3);

        assertThat(bench.run(Op.release(way, 0), Op.release(way, 0)))
                .containsExactly("UNSHARED n0/0 2", "UNSHARED n0/0 1");
        assertThat(bench.skb(0).users()).isEqualTo(1);
        assertThat(bench.run(Op.release(way, 0))).startsWith("DATA_DROPPED n0/0", "DIED n0/0 " + way.kernelName());
        assertThat(bench.isEmpty(0)).isTrue();
    }

    @Test
    void shouldSendAnOriginalToItsOwnSlab() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0));

        assertThat(bench.run(CONSUME))
                .containsExactly("DATA_DROPPED n0/f0", "DIED n0/f0 napi_consume_skb", "SINGLE_FREE n0/f0");
        assertThat(bench.heads(NODE)).endsWith("SLAB_IN n0/f0 node-0");
        assertThat(bench.report(CPU).puts()).isZero();
    }

    @Test
    void shouldSendACompanionToItsOwnSlab() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1), new Op.Clone(1, 0));

        assertThat(bench.run(CONSUME))
                .containsExactly("DATA_DROPPED n0/f0", "DIED n0/f0 napi_consume_skb", "SINGLE_FREE n0/f0");
        assertThat(bench.heads(NODE)).endsWith("SLAB_HALF n0/f0 node-0");
        assertThat(bench.report(CPU).puts()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"NAPI_CONSUME_SKB", "HAND_BACK"})
    void shouldReleaseAllAndPutAnythingElse(WayOut way) {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0));

        assertThat(bench.run(Op.release(way, 0)))
                .containsExactly("DATA_DROPPED n0/0", "DIED n0/0 " + way.kernelName(), "PUT n0/0 1");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(1);
    }

    /** A plain clone's head is an ordinary head, even if it was cloned from a pair. */
    @Test
    void shouldPutAPlainClone() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1), new Op.Clone(1, 2), new Op.Clone(1, 0));

        assertThat(bench.run(CONSUME))
                .containsExactly("DATA_DROPPED n0/f0", "DIED n0/0 napi_consume_skb", "PUT n0/0 1");
    }

    @Test
    void shouldCountAsHandedBackWhatWasPut() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1));
        bench.run(Op.release(WayOut.HAND_BACK, 0), Op.release(WayOut.HAND_BACK, 1));

        assertThat(bench.report(CPU).handedBack()).isEqualTo(1);
        assertThat(bench.report(CPU).puts()).isEqualTo(1);
        assertThat(bench.report(CPU).singleFrees()).isEqualTo(1);
    }
}
