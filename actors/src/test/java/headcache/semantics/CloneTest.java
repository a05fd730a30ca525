package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.Twin;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import org.junit.jupiter.api.Test;

/** {@code skb_clone}: whose head a clone lives on, and what it shares. */
class CloneTest {
    private static final Op CLONE = new Op.Clone(0, 1);

    private final StepBench bench = StepBench.oneCpu();

    @Test
    void shouldTakeAPlainHeadPastTheCache() {
        bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0));

        assertThat(bench.run(CLONE))
                .containsExactly("SINGLE_ALLOC n0/16 any", "BORN n0/16 skb_clone", "DATA_TAKEN n0/15");
        assertThat(bench.skb(1).twin()).isEqualTo(Twin.NONE);
        assertThat(bench.report(CPU).parked()).isEqualTo(15);
    }

    @Test
    void shouldTakeTheCompanionOfAPairWithoutAskingTheSlab() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0));
        final long before = bench.report(CPU).slabMessages();

        assertThat(bench.run(CLONE)).containsExactly("BORN n0/f0 skb_clone", "DATA_TAKEN n0/f0");
        assertThat(bench.skb(0).twin()).isEqualTo(Twin.ORIGINAL);
        assertThat(bench.skb(1).twin()).isEqualTo(Twin.COMPANION);
        assertThat(bench.report(CPU).slabMessages()).isEqualTo(before);
    }

    @Test
    void shouldTakeAPlainHeadIfTheCompanionWasUsed() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0), CLONE);

        assertThat(bench.run(new Op.Clone(0, 2)))
                .containsExactly("SINGLE_ALLOC n0/0 any", "BORN n0/0 skb_clone", "DATA_TAKEN n0/f0");
        assertThat(bench.skb(2).twin()).isEqualTo(Twin.NONE);
        assertThat(bench.skb(2).paired()).isFalse();
    }

    @Test
    void shouldTakeAPlainHeadForACloneOfTheCompanion() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0), CLONE);

        assertThat(bench.run(new Op.Clone(1, 2)))
                .containsExactly("SINGLE_ALLOC n0/0 any", "BORN n0/0 skb_clone", "DATA_TAKEN n0/f0");
    }

    @Test
    void shouldDropTheDataOnceForTheOriginalAndOnceForEachClone() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), CLONE, new Op.Clone(1, 2));

        assertThat(bench.run(
                        Op.release(WayOut.KFREE_SKB, 0),
                        Op.release(WayOut.NAPI_CONSUME_SKB, 1),
                        Op.release(WayOut.NAPI_CONSUME_SKB, 2)))
                .containsExactly(
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 kfree_skb",
                        "SINGLE_FREE n0/0",
                        "DATA_DROPPED n0/0",
                        "DIED n0/1 napi_consume_skb",
                        "PUT n0/1 1",
                        "DATA_DROPPED n0/0",
                        "DIED n0/2 napi_consume_skb",
                        "PUT n0/2 2");
    }

    @Test
    void shouldHoldNothingOfTheOriginals() {
        bench.run(
                Op.allocate(WayIn.BUILD_SKB, 0),
                new Op.Attach(0, Held.DST),
                Op.allocate(WayIn.BUILD_SKB, 3),
                new Op.Release(WayOut.GRO_LIST_MEMBER, 3, 0),
                CLONE);

        assertThat(bench.skb(1).holds()).isZero();
        assertThat(bench.skb(1).members()).isNull();
        assertThat(bench.skb(0).isHolding(Held.DST)).isTrue();
    }

    @Test
    void shouldFailIfTheSlabHasNoHead() {
        final StepBench poor = StepBench.oneCpuWith(1);
        poor.run(Op.allocate(WayIn.BUILD_SKB, 0));

        assertThat(poor.run(CLONE)).containsExactly("SINGLE_ALLOC_FAILED any");
        assertThat(poor.isEmpty(1)).isTrue();
        assertThat(poor.answers(BatchDone.class))
                .last()
                .extracting(BatchDone::failed)
                .isEqualTo(1);
    }

    @Test
    void shouldBeOfTheCpuThatCloned() {
        final StepBench two = StepBench.cpus(2);
        two.runOn(TASK, Op.allocate(WayIn.ALLOC_SKB, 0));
        two.runOn(StepBench.CPU_1, CLONE);

        assertThat(two.skb(0).allocCpu()).isEqualTo(0);
        assertThat(two.skb(1).allocCpu()).isEqualTo(1);
    }
}
