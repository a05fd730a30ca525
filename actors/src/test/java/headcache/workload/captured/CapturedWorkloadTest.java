package headcache.workload.captured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.workload.BadInputException;
import headcache.workload.Context;
import headcache.workload.OpBuffer;
import headcache.workload.OpStream;
import headcache.workload.OrderCheck;
import headcache.workload.Workload;
import headcache.workload.capture.CaptureBytes;
import headcache.workload.capture.FrameBytes;
import headcache.workload.capture.TcpHeader;
import headcache.workload.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturedWorkloadTest {
    private static final long US = 1000;
    private static final long OWN = 0x5254_0000_0011L;

    @TempDir
    private Path folder = Path.of("");

    private TraceSource written(CaptureBytes capture) throws IOException {
        final Path file = folder.resolve("some.pcap");
        Files.write(file, capture.toByteArray());
        return TraceSource.file(file.toString());
    }

    private static CaptureSettings settings(int cpus, int queues, Destination destination, int hop) {
        return new CaptureSettings(cpus, queues, destination, hop, OptionalLong.empty(), 50 * US);
    }

    private static TraceSource bundled(String run, String device) {
        return TraceSource.bundled(run).beside(run + "." + device + ".pcap.gz").orElseThrow();
    }

    /** The operations in words: what, which skb, which other, where. */
    private static List<String> words(Workload workload) {
        final CaptureKinds kinds = new CaptureKinds();
        final List<String> names = new ArrayList<>();
        names.addAll(List.of("build", "small", "plain", "route", "own", "stolen", "listed", "consume", "kfree", "end"));
        assertThat(kinds.all().size()).isEqualTo(names.size());
        final List<String> words = new ArrayList<>();
        final OpBuffer ops = new OpBuffer();
        final OpStream stream = workload.open();
        while (stream.read(ops)) {
            for (int i = 0; i < ops.size(); i++) {
                words.add(names.get(ops.kind(i))
                        + (ops.skb(i) == OpBuffer.NONE ? "" : " " + ops.skb(i))
                        + (ops.other(i) == OpBuffer.NONE ? "" : " into " + ops.other(i))
                        + " on " + Context.cpu(ops.queue(i))
                        + (Context.of(ops.queue(i)) == Context.TASK ? " by its task" : ""));
            }
            ops.clear();
        }
        return words;
    }

    /** Three segments within a window, an acknowledgement alone, then nothing: by hand. */
    private static CaptureBytes small() {
        final FrameBytes data = new FrameBytes();
        final CaptureBytes capture = new CaptureBytes().add(100 * US, data);
        capture.add(110 * US, data.next()).add(120 * US, data.next());
        final FrameBytes ack = new FrameBytes();
        ack.data = 0;
        return capture.add(200 * US, ack);
    }

    @Test
    void shouldMergeWhatArrivesWithinAWindowAndConsumeItOnTheOtherSide() throws IOException {
        final Workload workload = CapturedWorkload.of(written(small()), settings(2, 1, Destination.FORWARD, 1));

        assertThat(words(workload))
                .containsExactly(
                        "build 0 on 0",
                        "build 1 on 0",
                        "stolen 1 into 0 on 0",
                        "build 2 on 0",
                        "stolen 2 into 0 on 0",
                        "route 0 on 0",
                        "end on 0",
                        "consume 0 on 1",
                        "end on 1",
                        "small 3 on 0",
                        "route 3 on 0",
                        "end on 0",
                        "consume 3 on 1",
                        "end on 1");
        assertThat(workload.packets()).isEqualTo(4);
        assertThat(workload.notes())
                .containsExactly(
                        "received: 4 frames, of which GRO merged 2; polls are guessed from arrival, 50 us each",
                        "every frame arrives, as it is not said which NIC the capture is of");
    }

    @Test
    void shouldLetATaskReadWhatIsDelivered() throws IOException {
        final Workload workload = CapturedWorkload.of(written(small()), settings(3, 1, Destination.DELIVER, 2));

        assertThat(words(workload).subList(5, 8)).containsExactly("own 0 on 0", "end on 0", "kfree 0 on 2 by its task");
    }

    /** A frame less than a window after the first joins its poll, one at the window's end does not. */
    @Test
    void shouldEndAPollWithItsWindow() throws IOException {
        final FrameBytes data = new FrameBytes();
        final CaptureBytes capture = new CaptureBytes().add(0, data);
        capture.add(50 * US - 1, data.next()).add(50 * US, data.next());

        assertThat(words(CapturedWorkload.of(written(capture), settings(1, 1, Destination.FORWARD, 0))))
                .containsExactly(
                        "build 0 on 0",
                        "build 1 on 0",
                        "stolen 1 into 0 on 0",
                        "route 0 on 0",
                        "end on 0",
                        "consume 0 on 0",
                        "build 2 on 0",
                        "route 2 on 0",
                        "end on 0",
                        "consume 2 on 0",
                        "end on 0");
    }

    /** A unit of 19 frames has one head on its list, so software cuts it up: 19 pieces. */
    @Test
    void shouldCutUpAUnitWithAList() throws IOException {
        final FrameBytes data = new FrameBytes();
        final CaptureBytes capture = new CaptureBytes().add(0, data);
        for (int i = 1; i < 19; i++) {
            capture.add(i, data.next());
        }
        final List<String> words = words(CapturedWorkload.of(written(capture), settings(1, 1, Destination.FORWARD, 0)));

        assertThat(words.stream().filter(word -> word.startsWith("plain"))).hasSize(19);
        assertThat(words).contains("listed 18 into 0 on 0", "kfree 0 on 0").doesNotContain("consume 0 on 0");
        assertThat(words.stream().filter(word -> word.startsWith("consume"))).hasSize(19);
    }

    @Test
    void shouldSteerFlowsToQueues() throws IOException {
        final CaptureBytes capture = new CaptureBytes();
        for (int port = 0; port < 100; port++) {
            final FrameBytes frame = new FrameBytes();
            frame.sourcePort = port;
            frame.flags = TcpHeader.PSH | TcpHeader.ACK;
            capture.add(0, frame).add(0, frame);
        }
        final List<String> words = words(CapturedWorkload.of(written(capture), settings(4, 4, Destination.FORWARD, 0)));

        final long[] byCpu = new long[4];
        for (int cpu = 0; cpu < 4; cpu++) {
            final String end = " on " + cpu;
            byCpu[cpu] = words.stream()
                    .filter(word -> word.startsWith("build") && word.endsWith(end))
                    .count();
        }
        assertThat(byCpu).containsExactly(48, 48, 52, 52);
    }

    @Test
    void shouldLeaveOutWhatTheNicSent() {
        final CaptureSettings settings =
                new CaptureSettings(2, 1, Destination.FORWARD, 1, OptionalLong.of(OWN), 50 * US);

        assertThat(CapturedWorkload.of(bundled("vlan_nat_pair", "eth0"), settings)
                        .notes())
                .anyMatch(note -> note.startsWith("received: 6791 frames"))
                .contains("left out: 1598 frames that the NIC sent itself");
    }

    @Test
    void shouldEndEverySkbThatItBegins() {
        for (final Destination destination : Destination.values()) {
            for (int cpus = 1; cpus <= 8; cpus *= 2) {
                final Workload workload =
                        CapturedWorkload.of(bundled("tcp_rx_pair", "eth0"), settings(cpus, 4, destination, 1));
                final OrderCheck check = OrderCheck.of(workload);

                assertThat(check.begun()).isEqualTo(workload.packets());
                assertThat(check.ended()).isEqualTo(workload.packets());
                assertThat(check.mostAtOnce()).isLessThan(3_000);
            }
        }
    }

    @Test
    void shouldGoOnFromACopyAsFromTheOriginal() {
        final Workload workload =
                CapturedWorkload.of(bundled("vlan_nat_pair", "eth1"), settings(2, 2, Destination.FORWARD, 1));
        final OpStream original = workload.open();
        final OpBuffer some = new OpBuffer();
        for (int i = 0; i < 500; i++) {
            original.read(some);
            some.clear();
        }
        final OpStream copy = original.copy();
        while (copy.read(some)) {
            final OpBuffer other = new OpBuffer();
            assertThat(original.read(other)).isTrue();
            assertThat(other.size()).isEqualTo(some.size());
            assertThat(other.skb(0)).isEqualTo(some.skb(0));
            assertThat(other.kind(0)).isEqualTo(some.kind(0));
            some.clear();
        }
        assertThat(original.read(some)).isFalse();
    }

    @Test
    void shouldSayWhatIsLostOfADamagedCapture() throws IOException {
        final byte[] whole = small().toByteArray();
        final Path file = folder.resolve("cut.pcap");
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        final Workload workload =
                CapturedWorkload.of(TraceSource.file(file.toString()), settings(2, 1, Destination.FORWARD, 1));

        assertThat(workload.packets()).isEqualTo(3);
        assertThat(workload.notes())
                .last()
                .asString()
                .endsWith("frames read before it: 3")
                .contains("cut.pcap: frame 4");
    }

    @Test
    void shouldRefuseACaptureWithoutFrames() throws IOException {
        final TraceSource empty = written(new CaptureBytes().add(0, 60, (byte) 1));

        assertThatThrownBy(() -> CapturedWorkload.of(empty, CaptureSettings.DEFAULT))
                .isInstanceOf(BadInputException.class)
                .hasMessageEndingWith(
                        "no frame arrives in this capture, sent by the NIC itself=0, captured too short=1");
    }

    @Test
    void shouldRefuseImpossibleSettings() {
        assertThatThrownBy(() -> settings(2, 0, Destination.FORWARD, 1))
                .hasMessageContaining("queues=0 must be 1 to 128");
        assertThatThrownBy(() -> settings(2, 1, Destination.FORWARD, -1)).hasMessageContaining("hop=-1");
        assertThatThrownBy(() ->
                        CapturedWorkload.of(bundled("tcp_rx_pair", "eth0"), settings(0, 1, Destination.FORWARD, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
