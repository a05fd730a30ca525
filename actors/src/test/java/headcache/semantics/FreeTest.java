package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.HeadMisuse;
import org.junit.jupiter.api.Test;

/** {@code __kfree_skb_defer} and {@code kfree_skb}. */
class FreeTest {
    private final StepBench bench = StepBench.oneCpu();

    @Test
    void shouldPutADeferredSkb() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0));

        assertThat(bench.run(Op.release(WayOut.KFREE_SKB_DEFER, 0)))
                .containsExactly("DATA_DROPPED n0/0", "DIED n0/0 __kfree_skb_defer", "PUT n0/0 1");
    }

    /** The callers vouch that it is no twin; one that does not is found out. */
    @Test
    void shouldNameADeferredTwin() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0));

        assertThatThrownBy(() -> bench.run(Op.release(WayOut.KFREE_SKB_DEFER, 0)))
                .isInstanceOf(HeadMisuse.class)
                .hasMessageStartingWith("WRONG_SLAB: head=n0/f0 at=cpu-0: put");
    }

    @Test
    void shouldGoPastTheCacheOfTheCpuAndOfATask() {
        bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0), Op.allocate(WayIn.NAPI_BUILD_SKB, 1));

        assertThat(bench.run(Op.release(WayOut.KFREE_SKB, 0)))
                .containsExactly("DATA_DROPPED n0/15", "DIED n0/15 kfree_skb", "SINGLE_FREE n0/15");
        assertThat(bench.runOn(TASK, Op.release(WayOut.KFREE_SKB, 1)))
                .containsExactly("DATA_DROPPED n0/14", "DIED n0/14 kfree_skb", "SINGLE_FREE n0/14");
        assertThat(bench.report(CPU).parked()).isEqualTo(14);
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(14);
    }

    @Test
    void shouldNameAnSkbThatIsUsedAfterItsHeadWasPut() {
        for (final Op use : new Op[] {
            Op.release(WayOut.NAPI_CONSUME_SKB, 0),
            Op.release(WayOut.KFREE_SKB, 0),
            Op.release(WayOut.KFREE_SKB_DEFER, 0),
            Op.release(WayOut.GRO_STOLEN_HEAD, 0),
            Op.release(WayOut.GRO_MERGED_FREE, 0),
            Op.release(WayOut.GRO_FRAGS_REUSE, 0),
            new Op.Release(WayOut.GRO_LIST_MEMBER, 0, 1),
            Op.release(WayOut.DEV_KFREE_SKB_IRQ, 0),
            new Op.Clone(0, 2),
            new Op.Share(0),
            new Op.Attach(0, Held.DST),
        }) {
            final StepBench fresh = StepBench.oneCpu();
            fresh.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1));
            final Skb used = fresh.skb(0);
            fresh.run(Op.release(WayOut.NAPI_CONSUME_SKB, 0));
            fresh.put(0, used);

            assertThatThrownBy(() -> fresh.run(use))
                    .as("%s", use)
                    .isInstanceOf(HeadMisuse.class)
                    .hasMessageStartingWith("USE_AFTER_FREE: head=n0/0 at=cpu-0: ");
        }
    }
}
