package headcache.verify.mutant;

import com.github.difflib.patch.PatchFailedException;
import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machine's sources, as they are packaged, with a mutant's patch applied. */
final class Patched {
    private static final String PACKAGED = "source/";
    private static final String ROOT = "src/main/java/";

    private Patched() {}

    /**
     * Patches what {@code mutant} changes. Lines may have moved since it was written, but not changed.
     *
     * @return for each class file that changes, its source by its path: {@code headcache/cpu/CpuStep.java}
     * @throws IllegalStateException if the patch does not fit
     */
    static Map<String, String> sources(Mutant mutant) {
        final Map<String, String> sources = new LinkedHashMap<>();
        for (final UnifiedDiffFile file : files(mutant)) {
            final String from = file.getFromFile();
            final String path = from.substring(from.indexOf(ROOT) + ROOT.length());
            final @Nullable String source = packaged(path);
            if (source == null) {
                throw new IllegalStateException("no such source: mutant=" + mutant.id() + ", file=" + from);
            }
            sources.put(path, applied(mutant, file, source));
        }
        return sources;
    }

    private static List<UnifiedDiffFile> files(Mutant mutant) {
        try {
            return UnifiedDiffReader.parseUnifiedDiff(
                            new ByteArrayInputStream(mutant.patch().getBytes(StandardCharsets.UTF_8)))
                    .getFiles();
        } catch (final IOException wrong) {
            throw new UncheckedIOException("no unified diff: mutant=" + mutant.id(), wrong);
        }
    }

    private static String applied(Mutant mutant, UnifiedDiffFile file, String source) {
        try {
            return String.join("\n", file.getPatch().applyFuzzy(source.lines().toList(), 0)) + "\n";
        } catch (final PatchFailedException wrong) {
            throw new IllegalStateException(
                    "the patch does not fit any more: mutant=" + mutant.id() + ", file=" + file.getFromFile()
                            + "; write it again against the source of today",
                    wrong);
        }
    }

    private static @Nullable String packaged(String path) {
        try (InputStream in = Patched.class.getResourceAsStream(PACKAGED + path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
