package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.workload.BadInputException;
import headcache.workload.capture.CaptureReader;
import headcache.workload.capture.CapturedFrame;
import headcache.workload.capture.Frame;
import headcache.workload.capture.Gro;
import headcache.workload.trace.TraceSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

/** Whatever a capture holds, reading it comes to an end, with frames, and with one clear line if some are lost. */
class CaptureFuzzProperties {
    private static final int HEADER = 24;
    private static final int SIZE = 20_000;
    private static final byte[] CAPTURE = beginning();

    @Property(tries = 1000)
    @StatisticsReport(onFailureOnly = true)
    @Label("a damaged capture gives frames, and tells in one line where it is damaged")
    void damagedCaptures(@ForAll boolean isCut, @ForAll @IntRange(max = 20) int flips, @ForAll long seed) {
        final Random random = new Random(seed);
        final byte[] bytes = isCut ? Arrays.copyOf(CAPTURE, random.nextInt(CAPTURE.length)) : CAPTURE.clone();
        flip(bytes, flips, random);
        Often.require("tells of damage", 20, tellsOfDamage(bytes));
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    @Label("a damaged header of a capture is refused in one line, or does not matter")
    void damagedHeaders(@ForAll long seed) {
        final Random random = new Random(seed);
        final byte[] bytes = CAPTURE.clone();
        bytes[random.nextInt(HEADER)] ^= (byte) (1 << random.nextInt(8));
        Often.require("tells of damage", 20, tellsOfDamage(bytes));
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    @Label("damaged gzip data gives the frames before the damage, and tells of it in one line")
    void damagedPacking(@ForAll long seed) {
        final Random random = new Random(seed);
        final byte[] packed = gzip(CAPTURE);
        if (random.nextBoolean()) {
            flip(packed, 1, random);
            tellsOfDamage(packed);
        } else {
            assertThat(tellsOfDamage(Arrays.copyOf(packed, 2 + random.nextInt(packed.length - 2))))
                    .isTrue();
        }
    }

    private static boolean tellsOfDamage(byte[] bytes) {
        try {
            final Path file = Files.createTempFile("capture", ".pcap");
            try {
                return tellsOfDamage(TraceSource.file(Files.write(file, bytes).toString()));
            } finally {
                Files.delete(file);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads everything, and receives it too. */
    private static boolean tellsOfDamage(TraceSource source) {
        int frames = 0;
        final Gro gro = new Gro(unit -> assertThat(unit.frames()).isNotEmpty());
        try (CaptureReader reader = CaptureReader.open(source)) {
            Optional<CapturedFrame> next = reader.next();
            while (next.isPresent()) {
                frames++;
                assertThat(next.get().bytes().length)
                        .isLessThanOrEqualTo(next.get().length());
                Frame.of(next.get()).ifPresent(gro::receive);
                next = reader.next();
            }
            gro.endPoll();
            final int read = frames;
            reader.damage().ifPresent(damage -> {
                assertThat(damage.frames()).isEqualTo(read);
                assertThat(damage.message()).matches("\\S+\\.pcap: frame " + (read + 1) + ": \\P{Cntrl}+");
            });
            return reader.damage().isPresent();
        } catch (final BadInputException refusal) {
            assertThat(frames).isZero();
            assertThat(refusal.getMessage()).matches("\\S+\\.pcap: \\P{Cntrl}+");
            return true;
        }
    }

    private static void flip(byte[] bytes, int times, Random random) {
        for (int i = 0; i < times && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private static byte[] beginning() {
        try (InputStream raw = Objects.requireNonNull(CaptureFuzzProperties.class.getResourceAsStream(
                        "/headcache/traces/paired/tcp_rx_pair.eth0.pcap.gz"));
                InputStream in = new GZIPInputStream(raw)) {
            return in.readNBytes(SIZE);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return packed.toByteArray();
    }
}
