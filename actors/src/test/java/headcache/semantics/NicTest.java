package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.NIC;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.nic.Queue;
import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.MachineMessage.Reported;
import headcache.protocol.NapiId;
import headcache.protocol.NicMessage.Arrive;
import headcache.protocol.NicMessage.Hashed;
import headcache.protocol.NicMessage.PollDone;
import headcache.protocol.NicMessage.Receive;
import headcache.protocol.NicMessage.Transmit;
import headcache.protocol.NicReport;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.Verdict;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A NIC with two queues: queue 0 interrupts CPU 0, queue 1 CPU 1. */
class NicTest {
    private final StepBench bench =
            StepBench.withNic(2, new Queue(new NapiId(0), CPU), new Queue(new NapiId(1), CPU_1));

    private static Frame[] dropped(int count) {
        final Frame[] frames = new Frame[count];
        Arrays.fill(frames, frame(Verdict.DROP, 1));
        return frames;
    }

    private NicReport report() {
        bench.send(NIC, new CpuMessage.Report(DRIVER));
        return (NicReport) bench.answers(Reported.class).get(0).report();
    }

    @Test
    void shouldHaveOnePollAtATimeForEachQueue() {
        bench.send(NIC, new Receive(0, dropped(1)));
        bench.send(NIC, new Receive(0, dropped(2)));
        bench.send(NIC, new Receive(1, dropped(3)));

        assertThat(bench.inFlight())
                .containsExactly(
                        "nic-0 to cpu-0: Poll napi-0 completions 0 frames 1",
                        "nic-0 to cpu-1: Poll napi-1 completions 0 frames 3");
        bench.send(NIC, new PollDone(CPU, new NapiId(0), 1, 0, new Skb[0]));
        assertThat(bench.inFlight()).last().isEqualTo("nic-0 to cpu-0: Poll napi-0 completions 0 frames 2");
    }

    /**
     * The published hashes of five flows: their low seven bits are the places 120, 106, 74, 127 and 34 of the table, and two
     * queues have the even and the odd places.
     */
    @Test
    void shouldSteerFlowsByTheirHash() {
        bench.send(
                NIC,
                new Arrive(IntStream.of(0x51ccc178, 0xc626b0ea, 0x5c2b394a, 0xafc7327f, 0x10e828a2)
                        .mapToObj(hash -> new Hashed(hash, frame(Verdict.DROP, hash)))
                        .toArray(Hashed[]::new)));

        assertThat(bench.inFlight())
                .containsExactly(
                        "nic-0 to cpu-0: Poll napi-0 completions 0 frames 4",
                        "nic-0 to cpu-1: Poll napi-1 completions 0 frames 1");
        assertThat(report()).isEqualTo(new NicReport(5, 0, 2, 0, 0));
    }

    @Test
    void shouldTakeAtMost64FramesInOnePoll() {
        bench.send(NIC, new Receive(0, dropped(1)));
        bench.send(NIC, new Receive(0, dropped(130)));
        for (int i = 0; i < 3; i++) {
            bench.send(NIC, new PollDone(CPU, new NapiId(0), 0, 0, new Skb[0]));
        }

        assertThat(bench.inFlight())
                .containsExactly(
                        "nic-0 to cpu-0: Poll napi-0 completions 0 frames 1",
                        "nic-0 to cpu-0: Poll napi-0 completions 0 frames 64",
                        "nic-0 to cpu-0: Poll napi-0 completions 0 frames 64",
                        "nic-0 to cpu-0: Poll napi-0 completions 0 frames 2");
    }

    @Test
    void shouldDropWhatTheRingHasNoRoomFor() {
        bench.send(NIC, new Receive(0, dropped(300)));

        assertThat(bench.heads(NIC)).hasSize(44).allMatch(line -> line.equals("FRAME_DROPPED flow 1"));
        assertThat(report()).isEqualTo(new NicReport(256, 44, 1, 0, 0));
        bench.send(NIC, new Receive(0, dropped(65))); // 64 left the ring with the first poll
        assertThat(report()).isEqualTo(new NicReport(320, 45, 1, 0, 0));
        bench.settle();
        assertThat(report()).isEqualTo(new NicReport(320, 45, 5, 0, 0));
        assertThat(bench.report(CPU).gets()).isEqualTo(320);
    }

    @Test
    void shouldCompleteOnTheCpuOfTheQueue() {
        final Skb[] skbs = bench.skbs(2); // allocated on CPU 0

        bench.send(NIC, new Transmit(1, skbs));

        assertThat(bench.inFlight()).containsExactly("nic-0 to cpu-1: Poll napi-1 completions 2 frames 0");
        bench.settle();
        assertThat(bench.heads(CPU_1)).contains("PUT n0/0 1", "PUT n0/1 2");
        assertThat(bench.report(CPU).puts()).isZero();
    }

    @Test
    void shouldKeepWhatIsSentDuringAPollForTheNextOne() {
        final Skb[] skbs = bench.skbs(3);
        bench.send(NIC, new Transmit(0, Arrays.copyOf(skbs, 1)));
        bench.send(NIC, new Transmit(0, Arrays.copyOfRange(skbs, 1, 3)));

        assertThat(report()).isEqualTo(new NicReport(0, 0, 1, 3, 2));
        bench.settle();
        assertThat(report()).isEqualTo(new NicReport(0, 0, 2, 3, 0));
        assertThat(bench.heads(CPU)).filteredOn(line -> line.startsWith("PUT")).hasSize(3);
    }

    @Test
    void shouldCompleteAgainWhatOthersStillHeld() {
        final Skb[] skbs = bench.skbs(1);
        skbs[0] = skbs[0].withUsers(3);

        bench.send(NIC, new Transmit(0, skbs));
        bench.settle();

        assertThat(bench.heads(CPU))
                .containsExactly(
                        "UNSHARED n0/0 2",
                        "UNSHARED n0/0 1",
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 napi_consume_skb",
                        "PUT n0/0 1");
        assertThat(report()).isEqualTo(new NicReport(0, 0, 3, 1, 0));
    }

    /** A head is taken on the CPU that receives and given back on the CPU that completes. */
    @Test
    void shouldForwardFromOneQueueToTheOther() {
        bench.send(NIC, new Receive(0, new Frame[] {frame(Verdict.PASS, 1, NIC, 1), frame(Verdict.HOLD, 2, NIC, 1)}));
        bench.settle();

        assertThat(bench.heads(CPU)).endsWith("SENT n0/15", "SENT n0/14");
        assertThat(bench.heads(CPU_1)).contains("PUT n0/15 1", "PUT n0/14 2");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(16);
        assertThat(report()).isEqualTo(new NicReport(2, 0, 2, 2, 0));
    }

    @Test
    void shouldRefuseAnAnswerForAQueueOfAnotherNic() {
        assertThatThrownBy(() -> bench.send(NIC, new PollDone(CPU, new NapiId(9), 0, 0, new Skb[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a queue of this NIC: nic=nic-0, napi=napi-9");
    }

    @Test
    void shouldRefuseAnAnswerToNoPoll() {
        assertThatThrownBy(() -> bench.send(NIC, new PollDone(CPU, new NapiId(0), 0, 0, new Skb[0])))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("end of a poll that does not run: nic=nic-0, napi=napi-0");
    }

    @Test
    void shouldRefuseAQueueThatItDoesNotHave() {
        assertThatThrownBy(() -> bench.send(NIC, new Receive(2, dropped(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such queue: nic=nic-0, queue=2, queues=2");
        assertThatThrownBy(() -> bench.send(NIC, new Transmit(-1, new Skb[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such queue: nic=nic-0, queue=-1, queues=2");
    }
}
