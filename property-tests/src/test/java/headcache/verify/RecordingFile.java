package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.machine.RunningMachine.Threads;
import headcache.workload.conform.ConformSettings;
import headcache.workload.conform.Conformance;
import headcache.workload.conform.Conformer;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.InitialStateReader;
import headcache.workload.trace.Recording;
import headcache.workload.trace.RecordingReader;
import headcache.workload.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Puts recordings and initial states in files, which is where the program reads them from. */
final class RecordingFile {
    private static final Threads FEW = new Threads(2, false);

    private RecordingFile() {}

    /** What comes of a recording and an initial state, given as the content of their files. */
    static Conformance conform(byte[] recording, String initialState, ConformSettings settings) {
        return inFolder(folder -> {
            final Path file = Files.write(folder.resolve("t.csv"), recording);
            final Path state = Files.writeString(folder.resolve(TraceSource.INITIAL_STATE), initialState);
            final Recording read = RecordingReader.read(TraceSource.of(file.toString()));
            final InitialState initial = InitialStateReader.read(TraceSource.of(state.toString()));
            return new Conformer(settings, FEW).conform(read, initial);
        });
    }

    static Conformance conform(String recording, String initialState, ConformSettings settings) {
        return conform(recording.getBytes(StandardCharsets.UTF_8), initialState, settings);
    }

    /** The model's parameters that {@code kernel} of {@code shape} was recorded with. */
    static ConformSettings settings(RecordedKernel.Shape shape, List<Integer> nodeOfCpu) {
        final CachePolicy policy = new CachePolicy(shape.capacity(), shape.refill(), shape.spill(), SpillEnd.NEWEST);
        return new ConformSettings(policy, nodeOfCpu);
    }

    /** The text of a file beside the paired recordings. */
    static String bundled(String name) {
        try (InputStream raw = Objects.requireNonNull(
                        RecordingFile.class.getResourceAsStream("/headcache/traces/paired/" + name));
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private interface InFolder {
        Conformance run(Path folder) throws IOException;
    }

    private static Conformance inFolder(InFolder action) {
        try {
            final Path folder = Files.createTempDirectory("recording");
            try {
                return action.run(folder);
            } finally {
                Files.deleteIfExists(folder.resolve("t.csv"));
                Files.deleteIfExists(folder.resolve(TraceSource.INITIAL_STATE));
                Files.delete(folder);
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
