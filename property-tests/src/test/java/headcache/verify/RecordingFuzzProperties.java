package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.verify.RecordedKernel.Shape;
import headcache.workload.BadInputException;
import headcache.workload.conform.ConformSettings;
import headcache.workload.conform.Conformance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.StatisticsReport;

/** Whatever a file holds, reading and replaying it comes to an end, with an answer or with one clear line. */
class RecordingFuzzProperties {
    private static final Shape SHAPE = new Shape(2, 2, 6, 3, 4, 3);
    private static final RecordedKernel KERNEL = new RecordedKernel(SHAPE, script());
    private static final String TEXT = RecordedKernel.csv(KERNEL.rows());
    private static final ConformSettings SETTINGS = RecordingFile.settings(SHAPE, KERNEL.nodeOfCpu());

    private static int[] script() {
        return new Random(1).ints(300, 0, RecordedKernel.NUMBERS).toArray();
    }

    @Property(tries = 1000)
    @StatisticsReport(onFailureOnly = true)
    @Label("a damaged recording conforms, does not conform, or is refused with the file and line of the damage")
    void damagedRecordings(@ForAll Damage damage, @ForAll long seed) {
        final String damaged = damage.of(TEXT, new Random(seed));
        final boolean refused = isRefused(damaged.getBytes(StandardCharsets.UTF_8), KERNEL.initialState("t"));
        Often.require("refused", 20, refused);
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    @Label("damaged gzip data is refused with the file and line up to which it could be read")
    void damagedPacking(@ForAll long seed) {
        final Random random = new Random(seed);
        final byte[] packed = gzip(TEXT);
        if (random.nextBoolean()) {
            packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            isRefused(packed, KERNEL.initialState("t"));
        } else {
            final byte[] cut = Arrays.copyOf(packed, 2 + random.nextInt(packed.length - 2));
            assertThat(isRefused(cut, KERNEL.initialState("t"))).isTrue();
        }
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    @Label("a damaged initial state conforms, does not conform, or is refused with the file and line of the damage")
    void damagedInitialStates(@ForAll Damage damage, @ForAll long seed) {
        final String damaged = damage.of(KERNEL.initialState("t"), new Random(seed));
        Often.require("refused", 20, isRefused(TEXT.getBytes(StandardCharsets.UTF_8), damaged));
    }

    private static boolean isRefused(byte[] recording, String initialState) {
        try {
            final Conformance result = RecordingFile.conform(recording, initialState, SETTINGS);
            assertThat(result.first().isPresent()).isEqualTo(!result.conforms());
            return false;
        } catch (final BadInputException refusal) {
            assertThat(refusal.getMessage()).matches("\\S+(t|initial_state)\\.csv:\\d+: \\P{Cntrl}+");
            return true;
        }
    }

    private static byte[] gzip(String text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
