package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.DRIVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A batch of operations on slots: what it answers, and what it leaves alone. */
class BatchTest {
    private final StepBench bench = StepBench.oneCpu();

    @Test
    void shouldCancelOperationsOnEmptySlotsAndCountThem() {
        assertThat(bench.run(
                        new Op.Clone(0, 1),
                        new Op.Share(0),
                        new Op.Attach(0, Held.DST),
                        Op.release(WayOut.NAPI_CONSUME_SKB, 0)))
                .isEmpty();
        assertThat(bench.answers()).containsExactly("BatchDone by cpu-0 failed 0 cancelled 4");
    }

    @Test
    void shouldCountFailuresAndCancelWhatFollowsFromThem() {
        final StepBench poor = StepBench.oneCpuWith(15);

        poor.run(
                Op.allocate(WayIn.NAPI_BUILD_SKB, 0),
                Op.allocate(WayIn.BUILD_SKB, 1),
                new Op.Clone(0, 2),
                Op.release(WayOut.NAPI_CONSUME_SKB, 0),
                new Op.Allocate(WayIn.ALLOC_SKB, 3, 0, Op.ANY_NODE, true));

        assertThat(poor.answers()).containsExactly("BatchDone by cpu-0 failed 2 cancelled 2");
    }

    @Test
    void shouldAnswerWithTheSlotsAndLeaveTheMessageAsItIs() {
        final @Nullable Skb[] slots = new Skb[2];
        bench.send(CPU, new CpuMessage.Batch(DRIVER, new Op[] {Op.allocate(WayIn.BUILD_SKB, 1)}, slots));
        bench.settle();

        assertThat(bench.answers(BatchDone.class)).singleElement().satisfies(done -> {
            assertThat(done.who()).isEqualTo(CPU);
            assertThat(done.slots()).containsExactly(null, Skb.fresh(0, 0));
        });
        assertThat(slots).containsOnlyNulls();
    }

    @Test
    void shouldAnswerAnEmptyBatchAtOnce() {
        bench.start(CPU);

        assertThat(bench.answers()).containsExactly("BatchDone by cpu-0 failed 0 cancelled 0");
    }

    @Test
    void shouldTakeAThingOnce() {
        assertThat(bench.run(Op.allocate(WayIn.BUILD_SKB, 0), new Op.Attach(0, Held.DST), new Op.Attach(0, Held.DST)))
                .containsOnlyOnce("HOLD n0/0 DST");
    }

    @Test
    void shouldRefuseToLoseAnSkbWhoseSlotIsTaken() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1));

        assertThatThrownBy(() -> bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("allocation into a slot that is in use: slot=0, head=n0/0; release it first");
        assertThatThrownBy(() -> StepBench.oneCpu().run(Op.allocate(WayIn.BUILD_SKB, 0), new Op.Clone(0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("allocation into a slot that is in use: slot=0, head=n0/0; release it first");
    }

    /** Before the series the array is flushed here; since then the end of a poll means nothing to the cache. */
    @Test
    void shouldDoNothingAtTheEndOfAPoll() {
        bench.park(3);

        assertThat(bench.run(new Op.PollEnd())).isEmpty();
        assertThat(bench.report(CPU).parked()).isEqualTo(3);
    }
}
