package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NIC;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.NO_COMPLETIONS;
import static headcache.semantics.StepBench.TASK;
import static headcache.semantics.StepBench.fragsFrame;
import static headcache.semantics.StepBench.frame;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.nic.Queue;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.NapiId;
import headcache.protocol.NicMessage.PollDone;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import org.junit.jupiter.api.Test;

/** A whole NAPI poll is one message: completions, then frames, then the GRO flush. */
class PollTest {
    private static final Queue QUEUE = new Queue(new NapiId(0), new CpuId(0));

    private final StepBench bench = StepBench.withNic(1, QUEUE, QUEUE);

    @Test
    void shouldCompleteFirstSoThatFramesTakeThoseHeads() {
        final Skb[] sent = bench.skbs(2);

        assertThat(bench.poll(sent, frame(Verdict.DROP, 1)))
                .containsExactly(
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 napi_consume_skb",
                        "PUT n0/0 1",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 napi_consume_skb",
                        "PUT n0/1 2",
                        "GET n0/1 1",
                        "BORN n0/1 napi_build_skb",
                        "DATA_TAKEN n0/1",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 kfree_skb",
                        "SINGLE_FREE n0/1");
        assertThat(bench.answers()).containsExactly("PollDone cpu-0 received 1 dropped 0");
    }

    @Test
    void shouldFlushGroAfterTheLastFrame() {
        bench.park(3);

        assertThat(bench.poll(
                        NO_COMPLETIONS,
                        frame(Verdict.HOLD, 1, TASK, 0),
                        frame(Verdict.HOLD, 2),
                        frame(Verdict.PASS, 3, TASK, 0)))
                .filteredOn(line -> !line.startsWith("GET") && !line.startsWith("DATA_TAKEN"))
                .containsExactly(
                        "BORN n0/2 napi_build_skb",
                        "BORN n0/1 napi_build_skb",
                        "BORN n0/0 napi_build_skb",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 kfree_skb",
                        "SINGLE_FREE n0/1",
                        "SENT n0/0",
                        "SENT n0/2");
    }

    @Test
    void shouldNotFlushTheCacheAtItsEnd() {
        bench.park(40);

        bench.poll(NO_COMPLETIONS, frame(Verdict.DROP, 1));

        assertThat(bench.cpu(CPU).heads().count()).isEqualTo(39);
        assertThat(bench.report(CPU).spills()).isZero();
    }

    @Test
    void shouldDropOnlyTheFrameWhoseGetFails() {
        final StepBench poor = StepBench.oneCpuWith(16);
        final Frame[] frames = new Frame[18];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame(i == 17 ? Verdict.DROP : Verdict.HOLD, i);
        }

        assertThat(poor.poll(NO_COMPLETIONS, frames))
                .containsSubsequence(
                        "GET n0/0 0",
                        "REFILL_ASKED 16",
                        "REFILL_FAILED",
                        "GET_FAILED",
                        "FRAME_DROPPED flow 16",
                        "REFILL_ASKED 16",
                        "REFILL_FAILED",
                        "GET_FAILED",
                        "FRAME_DROPPED flow 17",
                        "SINGLE_FREE n0/15");
        assertThat(poor.answers()).containsExactly("PollDone cpu-0 received 16 dropped 2");
        assertThat(poor.report(CPU).framesDropped()).isEqualTo(2);
        assertThat(poor.out(NODE, SlabKind.HEAD)).isZero();
    }

    @Test
    void shouldGiveBackCompletionsThatOthersStillHoldWithOneReferenceLess() {
        final Skb[] sent = bench.skbs(2);
        sent[0] = sent[0].withUsers(3);

        assertThat(bench.poll(sent)).startsWith("UNSHARED n0/0 2").endsWith("PUT n0/1 1");
        assertThat(bench.answers(PollDone.class))
                .singleElement()
                .satisfies(done -> assertThat(done.stillShared()).containsExactly(sent[0].withUsers(2)));
    }

    @Test
    void shouldGatherWhatItHandsOnIntoOneMessageForEachReceiver() {
        bench.park(6);

        bench.startPoll(
                NO_COMPLETIONS,
                frame(Verdict.PASS, 1, NIC, 0),
                frame(Verdict.PASS, 2, TASK, 0),
                frame(Verdict.PASS, 3, NIC, 1),
                frame(Verdict.PASS, 4, NIC, 0),
                frame(Verdict.PASS, 5, TASK, 0));

        assertThat(bench.inFlight())
                .containsExactly(
                        "cpu-0 to nic-0: Transmit queue 0 n0/5,n0/2",
                        "cpu-0 to task-0: Deliver n0/4,n0/1",
                        "cpu-0 to nic-0: Transmit queue 1 n0/3");
    }

    @Test
    void shouldTakeAllWaysInOfADriver() {
        bench.park(4);
        final Frame[] frames = new Frame[] {
            new Frame(WayIn.NAPI_ALLOC_SKB_FRAG, Verdict.DROP, 1, null, 0),
            new Frame(WayIn.NAPI_ALLOC_SKB_KMALLOC, Verdict.DROP, 2, null, 0),
            new Frame(WayIn.ALLOC_SKB_FLAGS, Verdict.DROP, 3, null, 0),
            new Frame(WayIn.NAPI_GET_FRAGS, Verdict.DROP, 4, null, 0),
            new Frame(WayIn.NETDEV_ALLOC_SKB, Verdict.DROP, 5, null, 0),
        };

        assertThat(bench.poll(NO_COMPLETIONS, frames))
                .filteredOn(line -> line.startsWith("GET") || line.startsWith("SINGLE_ALLOC"))
                .containsExactly("GET n0/3 3", "GET n0/2 2", "GET n0/1 1", "GET n0/0 0", "SINGLE_ALLOC n0/0 any");
    }

    @Test
    void shouldAllocateForTheFragsPathOnlyIfThereIsNoNapiSkb() {
        bench.park(3);

        assertThat(bench.poll(
                        NO_COMPLETIONS,
                        frame(Verdict.HOLD, 1),
                        fragsFrame(Verdict.MERGE_REUSE, 1),
                        fragsFrame(Verdict.MERGE_REUSE, 1)))
                .containsExactly(
                        "GET n0/2 2",
                        "BORN n0/2 napi_build_skb",
                        "DATA_TAKEN n0/2",
                        "GET n0/1 1",
                        "BORN n0/1 napi_get_frags",
                        "DATA_TAKEN n0/1",
                        "REUSED n0/1",
                        "REUSED n0/1",
                        "DATA_DROPPED n0/2",
                        "DIED n0/2 kfree_skb",
                        "SINGLE_FREE n0/2");
        assertThat(bench.poll(NO_COMPLETIONS, fragsFrame(Verdict.DROP, 1)))
                .containsExactly("DATA_DROPPED n0/1", "DIED n0/1 kfree_skb", "SINGLE_FREE n0/1");
    }

    /** Each NAPI instance has a napi->skb of its own. */
    @Test
    void shouldKeepTheNapiSkbsOfTwoInstancesApart() {
        bench.park(4);
        final Frame[] frames = {frame(Verdict.HOLD, 1), fragsFrame(Verdict.MERGE_REUSE, 1)};
        bench.poll(NO_COMPLETIONS, frames);
        bench.send(CPU, new CpuMessage.Poll(StepBench.DRIVER, new NapiId(1), NO_COMPLETIONS, frames));

        assertThat(bench.heads(CPU)).contains("GET n0/0 0", "REUSED n0/0");
    }

    @Test
    void shouldDoNothingIfThereIsNothing() {
        assertThat(bench.poll(NO_COMPLETIONS)).isEmpty();
        assertThat(bench.answers()).containsExactly("PollDone cpu-0 received 0 dropped 0");
        assertThat(bench.run(Op.allocate(WayIn.BUILD_SKB, 0))).isNotEmpty();
    }
}
