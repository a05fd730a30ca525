package headcache.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import headcache.workload.BadInputException;
import headcache.workload.trace.TraceSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CaptureReaderTest {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER = 24;
    private static final int RECORD = 16;

    @TempDir
    private Path folder = Path.of("");

    private final List<CapturedFrame> frames = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"a1b2c3d4, true, 7000", "a1b2c3d4, false, 7000", "a1b23c4d, true, 7", "a1b23c4d, false, 7"})
    void readsBothByteOrdersAndBothUnitsOfTime(String magic, boolean bigEndian, long nanos) throws IOException {
        final ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        final byte[] capture = capture(Integer.parseUnsignedInt(magic, 16), order, 1, 60, 128);
        for (final byte[] file : List.of(capture, gzip(capture))) {
            assertThat(read(file)).isEmpty();
            assertThat(frames).extracting(CapturedFrame::length).containsExactly(160, 228);
            assertThat(frames)
                    .extracting(CapturedFrame::nanos)
                    .containsExactly(5_000_000_000L + nanos, 5_000_000_000L + nanos);
            assertThat(frames.get(0).bytes()).hasSize(60).containsOnly(1);
            assertThat(frames.get(1).bytes()).hasSize(128).containsOnly(2);
        }
    }

    @Test
    void readsTheBundledCaptures() {
        final TraceSource run = TraceSource.bundled("tcp_rx_pair");
        final TraceSource source = run.beside("tcp_rx_pair.eth0.pcap.gz").orElseThrow();
        assertThat(readAll(source)).isEmpty();
        assertThat(frames).hasSize(10_161);
        assertThat(frames).allMatch(frame -> frame.bytes().length == Math.min(128, frame.length()));
    }

    @Test
    void refusesWhatIsNoCaptureOfEthernet() throws IOException {
        assertRefused(new byte[0], "the file is empty, expected=a capture (classic pcap)");
        assertRefused(
                "seq,cpu".getBytes(StandardCharsets.US_ASCII),
                "is no capture, begins with=73 65 71 2c, expected=classic pcap, plain or gzip");
        assertRefused(new byte[] {9}, "is no capture, begins with=09, expected=classic pcap, plain or gzip");
        assertRefused(
                new byte[] {0x0a, 0x0d, 0x0d, 0x0a, 0, 0},
                "is a pcapng capture, convert it first: editcap -F pcap in.pcapng out.pcap");
        assertRefused(Arrays.copyOf(usual(), 10), "the capture is cut off in its header, bytes=10, of=24");
        assertRefused(
                capture(NANOSECONDS, ByteOrder.BIG_ENDIAN, 113),
                "unknown link type, link type=113, known=1 (Ethernet)");
        final byte[] old = usual();
        old[4] = 1;
        assertRefused(old, "unknown version of pcap, version=1, known=2");
        final byte[] packed = gzip(usual());
        packed[2] = 0;
        assertRefused(packed, "cannot be read, reason=Unsupported compression method");
    }

    @Test
    void tellsWhereACaptureIsCutOff() throws IOException {
        final byte[] whole = usual();
        assertThat(read(Arrays.copyOf(whole, HEADER))).isEmpty();
        assertThat(frames).isEmpty();
        assertDamage(
                Arrays.copyOf(whole, HEADER + RECORD + 60 + 3),
                1,
                "frame 2: cut off in the frame's header, of which 3 of 16 bytes are there; frames read before it: 1");
        assertDamage(
                Arrays.copyOf(whole, whole.length - 28),
                1,
                "frame 2: cut off in the frame, of which 100 of 128 bytes are there; frames read before it: 1");
        final byte[] packed = gzip(whole);
        assertDamage(
                Arrays.copyOf(packed, packed.length - 9),
                2,
                "frame 3: the gzip data ends before its end mark, what follows is lost; frames read before it: 2");
        packed[packed.length - 5]++;
        assertDamage(
                packed,
                2,
                "frame 3: cannot be read any further (Corrupt GZIP trailer), what follows is lost;"
                        + " frames read before it: 2");
    }

    @Test
    void believesNoAbsurdLength() throws IOException {
        final int captured = HEADER + RECORD + 60 + 8;
        final int length = captured + Integer.BYTES;
        final byte[] tooMuch = usual();
        ByteBuffer.wrap(tooMuch).order(ByteOrder.LITTLE_ENDIAN).putInt(captured, 229);
        assertDamage(
                tooMuch,
                1,
                "frame 2: absurd lengths, captured=229, length=228, limit=262144; it and the 128 bytes behind them"
                        + " are lost; frames read before it: 1");
        final byte[] tooLong = usual();
        ByteBuffer.wrap(tooLong).order(ByteOrder.LITTLE_ENDIAN).putInt(length, -1);
        assertDamage(
                tooLong,
                1,
                "frame 2: absurd lengths, captured=128, length=4294967295, limit=262144; it and the 128 bytes behind"
                        + " them are lost; frames read before it: 1");
    }

    private void assertRefused(byte[] file, String message) {
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> read(file))
                .withMessage(path() + ": " + message);
    }

    private void assertDamage(byte[] file, int good, String message) throws IOException {
        assertThat(read(file)).contains(new CaptureDamage(good, path() + ": " + message));
        assertThat(frames).hasSize(good);
    }

    private Optional<CaptureDamage> read(byte[] file) throws IOException {
        Files.write(path(), file);
        return readAll(TraceSource.file(path().toString()));
    }

    private Optional<CaptureDamage> readAll(TraceSource source) {
        frames.clear();
        try (CaptureReader reader = CaptureReader.open(source)) {
            Optional<CapturedFrame> next = reader.next();
            while (next.isPresent()) {
                frames.add(next.get());
                next = reader.next();
            }
            assertThat(reader.next()).isEmpty();
            return reader.damage();
        }
    }

    private Path path() {
        return folder.resolve("in.pcap");
    }

    private static byte[] usual() {
        return capture(MICROSECONDS, ByteOrder.LITTLE_ENDIAN, 1, 60, 128);
    }

    /** Frames of which so many bytes were captured, 100 fewer than there were. */
    private static byte[] capture(int magic, ByteOrder order, int linkType, int... captured) {
        final int size = Arrays.stream(captured).map(bytes -> RECORD + bytes).sum();
        final ByteBuffer file = ByteBuffer.allocate(HEADER + size).order(order);
        file.putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(128)
                .putInt(linkType);
        for (int i = 0; i < captured.length; i++) {
            final byte[] bytes = new byte[captured[i]];
            Arrays.fill(bytes, (byte) (i + 1));
            file.putInt(5)
                    .putInt(7)
                    .putInt(captured[i])
                    .putInt(captured[i] + 100)
                    .put(bytes);
        }
        return file.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
