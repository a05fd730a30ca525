package headcache.verify.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A planted bug: a patch of a few lines against the machine's sources.
 *
 * <p>It is data: a file that begins with a few lines {@code name: value} and goes on with a unified diff.
 *
 * @param id its name, of the list in the kernel's documents ({@code M8}) or of this project's own ({@code X1})
 * @param kind whether it has happened
 * @param bug the kernel bug that it stands for, or the empty string
 * @param sees what somebody sees who watches heads, in one sentence
 * @param first the check that is tried first; which one finds it is for the checks to say. Of what the kernel does, the
 *     test that shows it
 * @param patch the unified diff; the empty string if the machine does this without being changed
 */
public record Mutant(String id, Kind kind, String bug, String sees, String first, String patch) {
    private static final String FOLDER = "patch/";
    private static final String PATCH_BEGINS = "--- ";

    /** All there are. */
    public static final List<Mutant> ALL = Arrays.stream(text("index").split("\\s+"))
            .map(id -> parse(id, text(id + ".patch")))
            .toList();

    /** Whether a bug has happened. */
    public enum Kind {
        /** A kernel had it. */
        HAPPENED,
        /** Somebody might write it. */
        PLAUSIBLE,
        /** It needs messages and answers where the kernel has calls. */
        MODEL,
        /** The kernel does so, and so does the machine: nothing to be found. */
        KERNEL
    }

    /** The one called {@code id}, in capitals or not. */
    public static Optional<Mutant> named(String id) {
        return ALL.stream().filter(mutant -> mutant.id().equalsIgnoreCase(id)).findFirst();
    }

    /** Whether there is anything to be found. */
    public boolean isPlanted() {
        return kind != Kind.KERNEL;
    }

    static Mutant parse(String id, String file) {
        final int end = file.startsWith(PATCH_BEGINS) ? 0 : file.indexOf("\n" + PATCH_BEGINS) + 1;
        final String head = end == 0 ? file : file.substring(0, end);
        final Map<String, String> values = head.lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
        return new Mutant(
                id,
                Kind.valueOf(value(id, values, "kind").toUpperCase(Locale.ROOT)),
                values.getOrDefault("bug", ""),
                value(id, values, "sees"),
                values.getOrDefault("first", ""),
                end == 0 ? "" : file.substring(end));
    }

    private static String value(String id, Map<String, String> values, String name) {
        final String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no such line in the file of mutant=" + id + ": line=" + name);
        }
        return value;
    }

    private static String text(String file) {
        try (InputStream in = Mutant.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: file=" + FOLDER + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
