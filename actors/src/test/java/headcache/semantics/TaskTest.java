package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.AllocFlag;
import headcache.protocol.CpuMessage;
import headcache.protocol.Held;
import headcache.protocol.MachineMessage.Reported;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.TaskMessage;
import headcache.protocol.TaskReport;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Process context: calls the slab directly and singly, beside the softirq of its CPU. */
class TaskTest {
    private final StepBench bench = StepBench.oneCpu();

    @Test
    void shouldRunWhileTheSoftirqOfItsCpuIsSuspended() {
        bench.start(CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, 0));
        bench.start(TASK, Op.allocate(WayIn.ALLOC_SKB, 1), Op.release(WayOut.KFREE_SKB, 1));

        assertThat(bench.inFlight())
                .containsExactly("cpu-0 to node-0: BulkAlloc 16", "task-0 to node-0: SingleAlloc HEAD any");
        bench.deliver(TASK, NODE);
        bench.deliver(NODE, TASK);
        bench.deliver(TASK, NODE);
        bench.deliver(NODE, TASK);

        assertThat(bench.cpu(CPU).isSuspended()).isTrue();
        assertThat(bench.answers()).containsExactly("BatchDone by task-0 failed 0 cancelled 0");
        assertThat(bench.heads(TASK))
                .containsExactly(
                        "SINGLE_ALLOC n0/0 any",
                        "BORN n0/0 alloc_skb",
                        "DATA_TAKEN n0/0",
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 kfree_skb",
                        "SINGLE_FREE n0/0");
        bench.settle();
        assertThat(bench.answers()).containsExactly("BatchDone by cpu-0 failed 0 cancelled 0");
    }

    @Test
    void shouldAllocateAndFreePastTheCache() {
        bench.park(3);

        bench.runOn(
                TASK,
                Op.allocate(WayIn.BUILD_SKB, 0),
                Op.allocate(WayIn.NETDEV_ALLOC_SKB, 1),
                Op.allocate(WayIn.ALLOC_SKB_FCLONE, 2),
                new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 3, AllocFlag.RX.bit(), Op.ANY_NODE, false),
                new Op.Clone(2, 4),
                new Op.Clone(0, 5));

        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(3 + 4);
        bench.runOn(
                TASK,
                Op.release(WayOut.KFREE_SKB, 0),
                Op.release(WayOut.NAPI_CONSUME_SKB_BUDGET_0, 1),
                Op.release(WayOut.KFREE_SKB, 2),
                Op.release(WayOut.KFREE_SKB, 3),
                Op.release(WayOut.KFREE_SKB, 4),
                Op.release(WayOut.KFREE_SKB, 5));
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(3);
        assertThat(bench.out(NODE, SlabKind.FCLONE)).isZero();
        assertThat(bench.report(CPU).parked()).isEqualTo(3);
        bench.send(TASK, new CpuMessage.Report(DRIVER));
        assertThat(bench.answers(Reported.class))
                .singleElement()
                .extracting(Reported::report)
                .isEqualTo(new TaskReport(5, 0, 6, 0, 11));
    }

    @ParameterizedTest
    @EnumSource(
            value = WayIn.class,
            names = {"NAPI_BUILD_SKB", "NAPI_ALLOC_SKB_FRAG", "NAPI_ALLOC_SKB_KMALLOC", "NAPI_GET_FRAGS"})
    void shouldBeRefusedTheFunctionsThatNeedNapiContext(WayIn way) {
        assertThatThrownBy(() -> bench.start(TASK, Op.allocate(way, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(way.kernelName() + " needs NAPI context, but was called by a task: cpu=0");
    }

    @Test
    void shouldBeRefusedTheNapiFlag() {
        assertThatThrownBy(() -> bench.start(
                        TASK, new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 0, AllocFlag.NAPI.bit(), Op.ANY_NODE, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("__alloc_skb needs NAPI context, but was called by a task: cpu=0");
    }

    @ParameterizedTest
    @EnumSource(
            value = WayOut.class,
            names = {"NAPI_CONSUME_SKB", "KFREE_SKB_DEFER", "GRO_STOLEN_HEAD", "GRO_MERGED_FREE"})
    void shouldBeRefusedAPut(WayOut way) {
        bench.runOn(TASK, Op.allocate(WayIn.BUILD_SKB, 0));

        assertThatThrownBy(() -> bench.start(TASK, Op.release(way, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only a CPU's own softirq may put: head=n0/0");
    }

    @Test
    void shouldFreeWhatItHasReadSinglyBefore519() {
        bench.runOn(TASK, Op.allocate(WayIn.BUILD_SKB, 0));

        assertThat(bench.runOn(TASK, Op.release(WayOut.HAND_BACK, 0)))
                .containsExactly("DATA_DROPPED n0/0", "DIED n0/0 kfree_skb", "SINGLE_FREE n0/0");
    }

    @Test
    void shouldBeRefusedAnInterrupt() {
        bench.runOn(TASK, Op.allocate(WayIn.BUILD_SKB, 0));

        assertThatThrownBy(() -> bench.start(TASK, Op.release(WayOut.DEV_KFREE_SKB_IRQ, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a task is no hard interrupt: task=task-0, head=n0/0");
    }

    @Test
    void shouldReadAndFreeWhatIsDeliveredOneByOne() {
        final Skb[] skbs = bench.skbs(2);
        skbs[0] = skbs[0].withUsers(2);

        bench.send(TASK, new TaskMessage.Deliver(skbs));

        assertThat(bench.heads(TASK))
                .containsExactly("UNSHARED n0/0 1", "DATA_DROPPED n0/0", "DIED n0/0 kfree_skb", "SINGLE_FREE n0/0");
        bench.settle();
        assertThat(bench.heads(TASK)).containsExactly("DATA_DROPPED n0/1", "DIED n0/1 kfree_skb", "SINGLE_FREE n0/1");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
        bench.send(TASK, new CpuMessage.Report(DRIVER));
        assertThat(bench.answers(Reported.class))
                .singleElement()
                .extracting(Reported::report)
                .isEqualTo(new TaskReport(0, 0, 2, 2, 2));
    }

    @Test
    void shouldTakeDeliveriesAndBatchesInTheirOrder() {
        final Skb[] skbs = bench.skbs(2);

        bench.start(TASK, Op.allocate(WayIn.BUILD_SKB, 0));
        bench.send(TASK, new TaskMessage.Deliver(new Skb[] {skbs[0]}));
        bench.start(TASK, Op.allocate(WayIn.BUILD_SKB, 1));
        bench.send(TASK, new TaskMessage.Deliver(new Skb[] {skbs[1]}));
        bench.settle();

        assertThat(bench.heads(TASK))
                .filteredOn(line -> line.startsWith("BORN") || line.startsWith("DIED"))
                .containsExactly(
                        "BORN n0/2 build_skb", "DIED n0/0 kfree_skb", "BORN n0/0 build_skb", "DIED n0/1 kfree_skb");
    }

    @Test
    void shouldCountWhatFailsAndWhatIsCancelled() {
        final StepBench poor = StepBench.oneCpuWith(1);

        poor.runOn(
                TASK,
                Op.allocate(WayIn.BUILD_SKB, 0),
                Op.allocate(WayIn.BUILD_SKB, 1),
                new Op.Clone(1, 2),
                new Op.Share(1),
                new Op.Attach(1, Held.DST),
                Op.release(WayOut.KFREE_SKB, 1));

        assertThat(poor.answers()).containsExactly("BatchDone by task-0 failed 1 cancelled 4");
    }
}
