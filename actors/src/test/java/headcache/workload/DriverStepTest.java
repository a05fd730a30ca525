package headcache.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage.Batch;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.DriverMessage.Progress;
import headcache.protocol.DriverMessage.Start;
import headcache.protocol.Held;
import headcache.protocol.MachineMessage;
import headcache.protocol.Message;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriverStepTest {
    private static final DriverId DRIVER = new DriverId(0);
    private static final DriverId LISTENER = new DriverId(1);
    private static final DriverLimits LIMITS = DriverLimits.forThreads(3);
    private static final CpuId CPU_0 = new CpuId(0);
    private static final CpuId CPU_1 = new CpuId(1);
    private static final TaskId TASK_0 = new TaskId(0);
    private static final int SOFTIRQ_0 = Context.SOFTIRQ.queue(0);
    private static final int SOFTIRQ_1 = Context.SOFTIRQ.queue(1);
    private static final int IN_TASK_0 = Context.TASK.queue(0);

    private final OpKinds kinds = new OpKinds();
    private final int begin = kinds.in(WayIn.NAPI_BUILD_SKB);
    private final int end = kinds.out(WayOut.NAPI_CONSUME_SKB);
    private final int steal = kinds.out(WayOut.GRO_STOLEN_HEAD);
    private final int hold = kinds.of(new Op.Attach(0, Held.DST));
    private final OpBuffer ops = new OpBuffer();
    private final Sent sent = new Sent();

    private record Letter(ActorName to, Message message) {}

    private static final class Sent implements Out {
        final List<Letter> letters = new ArrayList<>();

        @Override
        public void send(ActorName to, Message message) {
            letters.add(new Letter(to, message));
        }

        @Override
        public void event(EventKind kind, int head, int detail) {
            throw new AssertionError("a driver does nothing to heads: " + kind);
        }

        Batch batch(int i, ActorName to) {
            assertThat(letters.get(i).to()).isEqualTo(to);
            return (Batch) letters.get(i).message();
        }

        Progress last() {
            assertThat(letters.get(letters.size() - 1).to()).isEqualTo(LISTENER);
            return (Progress) letters.get(letters.size() - 1).message();
        }
    }

    private DriverStep driver(int repeat, DriverLimits limits) {
        return new DriverStep(
                DRIVER, ListedWorkload.of(Topology.even(2, 1), kinds, ops), Topology.even(2, 1), repeat, limits);
    }

    private DriverStep started() {
        final DriverStep driver = driver(1, LIMITS);
        driver.on(new Start(LISTENER), sent);
        return driver;
    }

    private void answer(DriverStep driver, ActorName who, @Nullable Skb... slots) {
        driver.on(new BatchDone(who, slots, 0, 0), sent);
    }

    private static Op[] allocations(int... slots) {
        final Op[] all = new Op[slots.length];
        for (int i = 0; i < slots.length; i++) {
            all[i] = Op.allocate(WayIn.NAPI_BUILD_SKB, slots[i]);
        }
        return all;
    }

    @Test
    void shouldSendWhatACpuDoesInOneBatchAndTellWhenItIsDone() {
        ops.add(begin, SOFTIRQ_0, 5);
        ops.add(hold, SOFTIRQ_0, 5);
        ops.add(begin, SOFTIRQ_0, 3);
        ops.add(end, SOFTIRQ_0, 5);
        ops.add(end, SOFTIRQ_0, 3);
        ops.add(kinds.of(new Op.PollEnd()), SOFTIRQ_0, OpBuffer.NONE);

        final DriverStep driver = started();
        assertThat(sent.letters).hasSize(1);
        final Batch batch = sent.batch(0, CPU_0);
        assertThat(batch.from()).isEqualTo(DRIVER);
        assertThat(batch.ops())
                .containsExactly(
                        Op.allocate(WayIn.NAPI_BUILD_SKB, 0),
                        new Op.Attach(0, Held.DST),
                        Op.allocate(WayIn.NAPI_BUILD_SKB, 1),
                        Op.release(WayOut.NAPI_CONSUME_SKB, 0),
                        Op.release(WayOut.NAPI_CONSUME_SKB, 1),
                        new Op.PollEnd());
        assertThat(batch.slots()).containsExactly(null, null);

        answer(driver, CPU_0, null, null);
        assertThat(sent.letters).hasSize(2);
        assertThat(sent.last()).isEqualTo(new Progress(DRIVER, 2, 6, 1, 0, 0, true));
    }

    @Test
    void shouldMakeOneOperationOfSkbsThatBeginAtOnce() {
        final int three = kinds.of(Op.BuildBulk.of(3));
        ops.add(begin, SOFTIRQ_0, 7);
        for (int skb = 0; skb < 6; skb++) {
            ops.add(three, SOFTIRQ_0, skb);
        }
        ops.add(end, SOFTIRQ_0, 4);

        final DriverStep driver = started();
        final Batch batch = sent.batch(0, CPU_0);
        assertThat(batch.ops())
                .containsExactly(
                        Op.allocate(WayIn.NAPI_BUILD_SKB, 0),
                        new Op.BuildBulk(List.of(1, 2, 3)),
                        new Op.BuildBulk(List.of(4, 5, 6)),
                        Op.release(WayOut.NAPI_CONSUME_SKB, 5));
        assertThat(batch.slots()).hasSize(7).containsOnlyNulls();
        answer(driver, CPU_0, new Skb[7]);
        assertThat(sent.last()).isEqualTo(new Progress(DRIVER, 7, 8, 1, 0, 0, true));
    }

    @Test
    void shouldGiveSkbsThatBeginAtOnceABatchThatHasRoomForThem() {
        final int five = kinds.of(Op.BuildBulk.of(5));
        ops.add(begin, SOFTIRQ_0, 9);
        for (int skb = 0; skb < 5; skb++) {
            ops.add(five, SOFTIRQ_0, skb);
        }
        ops.add(end, SOFTIRQ_0, 4);
        final DriverStep driver = driver(1, new DriverLimits(3, 100, 2, 1, false));
        driver.on(new Start(LISTENER), sent);

        assertThat(sent.batch(0, CPU_0).ops()).isEqualTo(allocations(0));
        assertThat(sent.batch(1, CPU_0).ops()).containsExactly(new Op.BuildBulk(List.of(0, 1, 2, 3, 4)));
        answer(driver, CPU_0, new Skb[1]);
        answer(driver, CPU_0, new Skb[5]);
        assertThat(sent.batch(2, CPU_0).ops()).containsExactly(Op.release(WayOut.NAPI_CONSUME_SKB, 0));
    }

    @Test
    void skbsThatBeginAtOnceAreReadTogether() {
        final int three = kinds.of(Op.BuildBulk.of(3));
        for (int skb = 0; skb < 1023; skb++) {
            ops.add(begin, SOFTIRQ_0, skb);
        }
        for (int skb = 1023; skb < 1029; skb++) {
            ops.add(three, SOFTIRQ_0, skb);
        }
        ops.add(end, SOFTIRQ_0, 0);
        final OpBuffer read = new OpBuffer();

        assertThat(ListedWorkload.of(Topology.even(2, 1), kinds, ops).open().read(read))
                .isTrue();
        assertThat(read.size()).isEqualTo(1029);
    }

    @Test
    void shouldEndABatchWhereAnotherCpusSkbIsNeeded() {
        final Skb first = Skb.fresh(100, 0);
        final Skb second = Skb.fresh(101, 1);
        ops.add(begin, SOFTIRQ_0, 0);
        ops.add(begin, SOFTIRQ_1, 1);
        ops.add(end, SOFTIRQ_1, 0);
        ops.add(end, SOFTIRQ_1, 1);

        final DriverStep driver = started();
        assertThat(sent.letters).hasSize(2);
        assertThat(sent.batch(0, CPU_1).ops()).isEqualTo(allocations(0));
        assertThat(sent.batch(1, CPU_0).ops()).isEqualTo(allocations(0));

        answer(driver, CPU_1, second);
        assertThat(sent.letters).hasSize(2);
        answer(driver, CPU_0, first);
        assertThat(sent.letters).hasSize(3);
        final Batch last = sent.batch(2, CPU_1);
        assertThat(last.ops())
                .containsExactly(Op.release(WayOut.NAPI_CONSUME_SKB, 0), Op.release(WayOut.NAPI_CONSUME_SKB, 1));
        assertThat(last.slots()).containsExactly(first, second);
    }

    @Test
    void shouldLetCpusRunBesideOneAnotherAsLongAsTheyDoNotMeet() {
        for (int i = 0; i < 10; i++) {
            ops.add(begin, SOFTIRQ_0, i);
            ops.add(end, SOFTIRQ_1, i);
        }

        started();
        assertThat(sent.letters).hasSize(1);
        assertThat(sent.batch(0, CPU_0).ops()).hasSize(10);
    }

    @Test
    void shouldKeepTheOrderOfTwoContextsOfOneCpu() {
        final Skb skb = Skb.fresh(100, 0);
        ops.add(begin, SOFTIRQ_0, 0);
        ops.add(hold, IN_TASK_0, 0);
        ops.add(end, SOFTIRQ_0, 0);

        final DriverStep driver = started();
        assertThat(sent.letters).hasSize(1);
        answer(driver, CPU_0, skb);
        assertThat(sent.letters).hasSize(2);
        assertThat(sent.batch(1, TASK_0).slots()).containsExactly(skb);
        answer(driver, TASK_0, skb.holding(Held.DST));
        assertThat(sent.letters).hasSize(3);
        assertThat(sent.batch(2, CPU_0).slots()).containsExactly(skb.holding(Held.DST));
    }

    @Test
    void shouldNameBothSkbsOfAMerge() {
        ops.add(begin, SOFTIRQ_0, 8);
        ops.add(begin, SOFTIRQ_0, 9);
        ops.add(steal, SOFTIRQ_0, 9, 8);
        ops.add(end, SOFTIRQ_0, 8);

        started();
        assertThat(sent.batch(0, CPU_0).ops()[2]).isEqualTo(new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0));
    }

    @Test
    void shouldHaveTwoBatchesOfAQueueUnderWay() {
        for (int i = 0; i < 7; i++) {
            ops.add(begin, SOFTIRQ_0, i);
        }
        final DriverStep driver = driver(1, new DriverLimits(2, 100, 100, 100, false));
        driver.on(new Start(LISTENER), sent);

        assertThat(sent.letters).hasSize(2);
        answer(driver, CPU_0, null, null);
        assertThat(sent.letters).hasSize(3);
        answer(driver, CPU_0, null, null);
        // the fourth batch is not full and may still grow while the third one runs
        assertThat(sent.letters).hasSize(3);
        answer(driver, CPU_0, null, null);
        assertThat(sent.batch(3, CPU_0).ops()).isEqualTo(allocations(0));
    }

    @Test
    void shouldReadNoFurtherAheadThanItIsTold() {
        for (int i = 0; i < 100; i++) {
            ops.add(begin, SOFTIRQ_0, i);
        }
        final DriverStep driver = driver(1, new DriverLimits(4, 10, 100, 100, false));
        driver.on(new Start(LISTENER), sent);

        assertThat(sent.letters).hasSize(2);
        answer(driver, CPU_0, null, null, null, null);
        answer(driver, CPU_0, null, null, null, null);
        answer(driver, CPU_0, null, null, null, null);
        assertThat(driver.progress().operations()).isEqualTo(12);
        assertThat(sent.letters).hasSize(5);
    }

    @Test
    void shouldHaveNoMoreBatchesUnderWayThanItIsTold() {
        ops.add(begin, SOFTIRQ_0, 0);
        ops.add(begin, SOFTIRQ_1, 1);
        ops.add(begin, IN_TASK_0, 2);
        final DriverStep driver = driver(1, new DriverLimits(4, 10, 2, 2, false));
        driver.on(new Start(LISTENER), sent);

        assertThat(sent.letters).hasSize(2);
        answer(driver, CPU_1, (@Nullable Skb) null);
        assertThat(sent.batch(2, TASK_0).ops()).isEqualTo(allocations(0));
    }

    /** In order, what cpu-1 begins waits for what cpu-0 did before, though both could do it at once. */
    @Test
    void shouldKeepTheWorkloadsOrderBetweenContexts() {
        ops.add(begin, SOFTIRQ_0, 0);
        ops.add(begin, SOFTIRQ_0, 1);
        ops.add(begin, SOFTIRQ_1, 2);
        ops.add(begin, IN_TASK_0, 3);
        ops.add(begin, IN_TASK_0, 4);
        ops.add(end, SOFTIRQ_0, 0);
        final DriverStep driver = driver(1, DriverLimits.ordered());
        driver.on(new Start(LISTENER), sent);

        assertThat(sent.letters).hasSize(1);
        assertThat(sent.batch(0, CPU_0).ops()).isEqualTo(allocations(0, 1));
        answer(driver, CPU_0, null, null);
        assertThat(sent.letters).hasSize(2);
        assertThat(sent.batch(1, CPU_1).ops()).isEqualTo(allocations(0));
        answer(driver, CPU_1, (@Nullable Skb) null);
        assertThat(sent.letters).hasSize(3);
        assertThat(sent.batch(2, TASK_0).ops()).isEqualTo(allocations(0, 1));
        answer(driver, TASK_0, null, null);
        assertThat(sent.batch(3, CPU_0).ops()).containsExactly(Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        answer(driver, CPU_0, (@Nullable Skb) null);
        assertThat(sent.last()).isEqualTo(new Progress(DRIVER, 5, 6, 4, 0, 0, true));
    }

    @Test
    void shouldSendWhatFollowsAFailedAllocationAllTheSame() {
        ops.add(begin, SOFTIRQ_0, 0);
        ops.add(end, SOFTIRQ_1, 0);

        final DriverStep driver = started();
        driver.on(new BatchDone(CPU_0, new Skb[1], 1, 0), sent);
        assertThat(sent.batch(1, CPU_1).slots()).containsOnlyNulls();
        driver.on(new BatchDone(CPU_1, new Skb[1], 0, 1), sent);
        assertThat(sent.last()).isEqualTo(new Progress(DRIVER, 1, 2, 2, 1, 1, true));
    }

    @Test
    void shouldPlayAWorkloadAgain() {
        ops.add(begin, SOFTIRQ_0, 0);
        ops.add(end, SOFTIRQ_0, 0);
        final DriverStep driver = driver(3, LIMITS);
        driver.on(new Start(LISTENER), sent);

        assertThat(sent.batch(0, CPU_0).ops()).hasSize(6);
        answer(driver, CPU_0, (@Nullable Skb) null);
        assertThat(sent.last().packets()).isEqualTo(3);
    }

    @Test
    void shouldEndAtOnceIfThereIsNothingToDo() {
        started();
        assertThat(sent.last()).isEqualTo(new Progress(DRIVER, 0, 0, 0, 0, 0, true));
    }

    @Test
    void shouldRefuseWhatIsNotForIt() {
        final DriverStep driver = started();
        assertThatThrownBy(() -> driver.on(new MachineMessage.Drained(CPU_0), sent))
                .hasMessage("not for a driver's step: driver=driver-0, message=Drained[who=cpu-0]");
        assertThatThrownBy(() -> new DriverLimits(1, 0, 1, 2, false))
                .hasMessage(
                        "impossible driver: batch=1 must be 1 to 1048576, ahead=0 1 or more, busy=2 1 to underWay=1");
    }

    @Test
    void shouldLetABatchGrowAsLongAsThereIsEnoughToDo() {
        ops.add(begin, SOFTIRQ_0, 0);
        ops.add(begin, SOFTIRQ_0, 1);
        ops.add(begin, SOFTIRQ_1, 2);
        ops.add(begin, SOFTIRQ_0, 3);
        ops.add(begin, SOFTIRQ_1, 4);
        final DriverStep driver = driver(1, new DriverLimits(2, 4, 5, 1, false));
        driver.on(new Start(LISTENER), sent);

        assertThat(sent.letters).hasSize(1);
        answer(driver, CPU_0, null, null);
        assertThat(sent.letters).hasSize(2);
        assertThat(sent.batch(1, CPU_1).ops()).isEqualTo(allocations(0, 1));
    }

    @Test
    void shouldGoOnFromACopyAsFromTheOriginal() {
        final Skb skb = Skb.fresh(100, 0);
        ops.add(begin, SOFTIRQ_0, 0);
        ops.add(begin, SOFTIRQ_1, 1);
        ops.add(end, SOFTIRQ_1, 0);
        ops.add(end, SOFTIRQ_0, 1);
        final DriverStep original = started();
        final DriverStep copy = original.copy();
        assertThat(bytes(copy)).isEqualTo(bytes(original));

        answer(original, CPU_0, skb);
        assertThat(bytes(copy)).isNotEqualTo(bytes(original));
        answer(copy, CPU_0, skb);
        assertThat(bytes(copy)).isEqualTo(bytes(original));
        answer(original, CPU_1, Skb.fresh(101, 1));
        answer(copy, CPU_1, Skb.fresh(101, 1));
        assertThat(sent.letters).hasSize(6);
        assertThat(sent.batch(5, CPU_1).ops()).isEqualTo(sent.batch(3, CPU_1).ops());
        assertThat(sent.batch(5, CPU_1).slots())
                .containsExactly(skb)
                .isNotSameAs(sent.batch(3, CPU_1).slots());
        assertThat(sent.batch(4, CPU_0).slots()).containsExactly(Skb.fresh(101, 1));
        assertThat(bytes(copy)).isEqualTo(bytes(original));
    }

    private static byte[] bytes(DriverStep driver) {
        final StateBytes bytes = new StateBytes();
        driver.encode(bytes);
        return bytes.toArray();
    }
}
