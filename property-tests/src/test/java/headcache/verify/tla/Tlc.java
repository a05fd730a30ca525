package headcache.verify.tla;

import headcache.verify.scene.Scene;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The model checker TLC on the specification of the protocol, in a JVM of its own, because it keeps what it knows in
 * static fields.
 */
final class Tlc {
    private static final String MODULE = "Model";
    private static final long MOST_MINUTES = 10;

    private static final Pattern COUNTS =
            Pattern.compile("(\\d+) states generated, (\\d+) distinct states found, 0 states left on queue");

    private static final Pattern END = Pattern.compile("\"end (.*)\"");

    private Tlc() {}

    /**
     * What TLC found.
     *
     * @param generated states it made, the same one as often as it came to it
     * @param states states that differ
     * @param ends the final states as they are printed
     * @param seconds how long it took, start of the JVM included
     */
    record Result(long generated, long states, Set<String> ends, double seconds) {}

    /**
     * Checks {@code scene} in {@code directory}, which is filled with files.
     *
     * @throws AssertionError if an invariant is violated or a deadlock found, with all that TLC printed
     */
    static Result check(Scene scene, int workers, Path directory) {
        // Most of these runs are over before more than the first compiler would pay.
        return run(scene, workers, directory, ModelWriter.config(), "-XX:TieredStopAtLevel=1");
    }

    /** The same without invariants, as fast as TLC can. */
    static Result count(Scene scene, int workers, Path directory) {
        return run(scene, workers, directory, ModelWriter.configWithoutInvariants(), "-XX:+TieredCompilation");
    }

    private static Result run(Scene scene, int workers, Path directory, String config, String option) {
        try {
            Files.writeString(directory.resolve(MODULE + ".tla"), ModelWriter.module(MODULE, scene));
            Files.writeString(directory.resolve(MODULE + ".cfg"), config);
            try (InputStream specification = Tlc.class.getResourceAsStream("HeadCache.tla")) {
                Files.copy(Objects.requireNonNull(specification), directory.resolve("HeadCache.tla"));
            }
            return run(workers, directory, option);
        } catch (final IOException wrong) {
            throw new UncheckedIOException("cannot run TLC: scene=" + scene.name() + ", in=" + directory, wrong);
        } catch (final InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while TLC ran: scene=" + scene.name(), asked);
        }
    }

    private static Result run(int workers, Path directory, String option) throws IOException, InterruptedException {
        final Path output = directory.resolve("output");
        final long start = System.nanoTime();
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-XX:+UseParallelGC",
                        "-Xmx1g",
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        Path.of(jar()).toString(),
                        "tlc2.TLC",
                        "-workers",
                        Integer.toString(workers),
                        MODULE)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("TLC did not end within " + MOST_MINUTES + " minutes");
        }
        final double seconds = (System.nanoTime() - start) / 1e9;
        return read(Files.readString(output, StandardCharsets.UTF_8), seconds);
    }

    private static Result read(String output, double seconds) {
        final Matcher counts = COUNTS.matcher(output);
        if (!output.contains("No error has been found") || !counts.find()) {
            throw new AssertionError("TLC says:\n" + output);
        }
        return new Result(
                Long.parseLong(counts.group(1)),
                Long.parseLong(counts.group(2)),
                END.matcher(output)
                        .results()
                        .map((MatchResult end) -> end.group(1))
                        .collect(Collectors.toSet()),
                seconds);
    }

    private static URI jar() {
        try {
            return tlc2.TLC
                    .class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (final URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
