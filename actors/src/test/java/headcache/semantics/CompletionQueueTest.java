package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.cpu.CpuPolicy;
import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.NapiId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import org.junit.jupiter.api.Test;

/** Frees in hard interrupt context: queued at once, put by the CPU's own transmit softirq in its turn. */
class CompletionQueueTest {
    private final StepBench bench = StepBench.oneCpu();

    private CpuMessage.HardInterrupt interrupt(int slot) {
        return new CpuMessage.HardInterrupt(bench.take(slot));
    }

    private void allocate(int skbs) {
        for (int slot = 0; slot < skbs; slot++) {
            bench.run(Op.allocate(WayIn.BUILD_SKB, slot));
        }
        bench.forget();
    }

    @Test
    void shouldQueueAndPutOnAnIdleCpu() {
        allocate(1);

        bench.send(CPU, interrupt(0));

        assertThat(bench.events(CPU))
                .containsExactly("QUEUED n0/0 1", "DATA_DROPPED n0/0", "DIED n0/0 __kfree_skb_defer", "PUT n0/0 1");
    }

    @Test
    void shouldQueueWhileTheSoftirqIsSuspendedAndPutAfterWhatWasAcceptedBefore() {
        allocate(2);
        bench.start(CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, 2));
        bench.start(CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, 3));
        bench.send(CPU, interrupt(0));
        bench.send(CPU, interrupt(1));

        assertThat(bench.events(CPU))
                .containsExactly("REFILL_ASKED 16", "SUSPENDED 0", "QUEUED n0/0 1", "QUEUED n0/1 2");
        bench.settle();
        assertThat(bench.heads(CPU))
                .containsExactly(
                        "REFILL n0/2-17 slots 0-15",
                        "GET n0/17 15",
                        "BORN n0/17 napi_build_skb",
                        "DATA_TAKEN n0/17",
                        "GET n0/16 14",
                        "BORN n0/16 napi_build_skb",
                        "DATA_TAKEN n0/16",
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 __kfree_skb_defer",
                        "PUT n0/0 15",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 __kfree_skb_defer",
                        "PUT n0/1 16");
    }

    @Test
    void shouldSendATwinToItsOwnSlab() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0));
        bench.forget();

        bench.send(CPU, interrupt(0));
        bench.settle();

        assertThat(bench.heads(CPU))
                .containsExactly("QUEUED n0/f0 1", "DATA_DROPPED n0/f0", "DIED n0/f0 kfree_skb", "SINGLE_FREE n0/f0");
        assertThat(bench.out(NODE, SlabKind.FCLONE)).isZero();
    }

    @Test
    void shouldQueueFromABatchAndPutAfterIt() {
        allocate(2);

        assertThat(bench.run(Op.release(WayOut.DEV_KFREE_SKB_IRQ, 0), Op.release(WayOut.KFREE_SKB_DEFER, 1)))
                .containsExactly(
                        "QUEUED n0/0 1",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 __kfree_skb_defer",
                        "PUT n0/1 1",
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 __kfree_skb_defer",
                        "PUT n0/0 2");
    }

    @Test
    void shouldQueueOnlyTheLastReference() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), new Op.Share(0));

        assertThat(bench.run(Op.release(WayOut.DEV_KFREE_SKB_IRQ, 0))).containsExactly("UNSHARED n0/0 1");
        assertThat(bench.run(Op.release(WayOut.DEV_KFREE_SKB_IRQ, 0))).startsWith("QUEUED n0/0 1");
    }

    @Test
    void shouldRefuseAnInterruptThatLeavesReferencesBehind() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), new Op.Share(0));

        assertThatThrownBy(() -> bench.send(CPU, interrupt(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("an interrupt ends the last reference only: cpu=cpu-0, skb=");
    }

    /** The softirq takes the queue as it finds it; what comes while it stands still waits its turn. */
    @Test
    void shouldRaiseTheSoftirqAgainForWhatComesWhileItStandsStill() {
        allocate(4);
        for (int i = 0; i < 62; i++) {
            bench.run(Op.allocate(WayIn.BUILD_SKB, 70), Op.allocate(WayIn.BUILD_SKB, 100 + i));
            bench.run(Op.release(WayOut.KFREE_SKB, 70));
        }
        for (int i = 0; i < 62; i++) {
            bench.run(Op.release(WayOut.NAPI_CONSUME_SKB, 100 + i));
        }
        bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 70)); // so that two interrupts wait for one run
        bench.send(CPU, interrupt(0));
        bench.send(CPU, interrupt(1));
        bench.deliverOldest();
        bench.deliverOldest();
        assertThat(bench.inFlight()).singleElement().asString().startsWith("cpu-0 to node-0: BulkFree");
        bench.forget();

        bench.start(CPU, Op.release(WayOut.KFREE_SKB_DEFER, 2));
        bench.send(CPU, interrupt(3));
        bench.settle();

        assertThat(bench.heads(CPU))
                .filteredOn(line -> !line.startsWith("D"))
                .containsExactly("QUEUED n0/3 1", "PUT n0/2 33", "PUT n0/3 34");
    }

    @Test
    void shouldPutBeforeAPollThatIsAcceptedLater() {
        allocate(1);
        bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 1));
        bench.send(CPU, interrupt(0));
        bench.send(CPU, new CpuMessage.Poll(DRIVER, new NapiId(0), new Skb[0], new Frame[0]));
        bench.settle();

        assertThat(bench.heads(CPU)).endsWith("PUT n0/0 1");
        assertThat(bench.answers()).endsWith("PollDone cpu-0 received 0 dropped 0");
    }

    @Test
    void shouldFlushAtTheEndOfTheSoftirqBeforeTheSeries() {
        final StepBench before = StepBench.oneCpu(CpuPolicy.LINUX_5_11);
        before.run(Op.allocate(WayIn.BUILD_SKB, 0));
        before.forget();

        before.send(CPU, new CpuMessage.HardInterrupt(before.take(0)));
        before.settle();

        assertThat(before.heads(CPU)).endsWith("PUT n0/0 1", "FLUSH n0/0 slot 0");
        assertThat(before.out(NODE, SlabKind.HEAD)).isZero();
    }

    @Test
    void shouldNotForgetWhatComesDuringThatFlush() {
        final StepBench before = StepBench.oneCpu(CpuPolicy.LINUX_5_11);
        before.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1));
        before.send(CPU, new CpuMessage.HardInterrupt(before.take(0)));
        assertThat(before.inFlight()).containsExactly("cpu-0 to node-0: BulkFree n0/0 ack");
        before.forget();

        before.send(CPU, new CpuMessage.HardInterrupt(before.take(1)));
        before.settle();

        assertThat(before.heads(CPU)).endsWith("PUT n0/1 1", "FLUSH n0/1 slot 0");
        assertThat(before.out(NODE, SlabKind.HEAD)).isZero();
    }
}
