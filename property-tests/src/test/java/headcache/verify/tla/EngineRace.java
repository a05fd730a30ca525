package headcache.verify.tla;

import headcache.kit.state.StateSearch;
import headcache.verify.scene.MachineCast;
import headcache.verify.scene.Scene;
import headcache.verify.scene.Scenes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many distinct states a second the engines find in one scene, one after the other on one machine: the search over
 * steps, TLC and Spin. Called by {@code benchmarks/run engines [ROUNDS]}.
 *
 * <p>A figure is the median of the rounds. The search over steps has gone through the scene before, because it is
 * used inside of programs that run for long; TLC and Spin are measured from start to end of their processes, which for
 * TLC is one part in thirty, and Spin without the time it takes to compile. None checks an invariant.
 */
final class EngineRace {
    private static final int WARM_UPS = 5;
    private static final int DEFAULT_ROUNDS = 5;
    private static final Pattern STORED = Pattern.compile("(\\d+) states, stored");

    private final Scene scene;
    private final long states;
    private final int rounds;

    private EngineRace(Scene scene, int rounds) {
        this.scene = scene;
        this.rounds = rounds;
        this.states = search(1);
    }

    /** Runs the race: rounds of the fast engines; TLC is run once for each number of workers. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        final int rounds = args.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(args[0]);
        new EngineRace(Scenes.named("memory-for-two-of-three").orElseThrow(), rounds).run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                "scene=%s states=%,d rounds=%d java=%s processors=%d%n",
                scene.name(),
                states,
                rounds,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < WARM_UPS; i++) {
            search(1 + i % 2);
        }
        final double one = row("search over steps, 1 thread", median(() -> search(1)));
        final double two = row("search over steps, 2 threads", median(() -> search(2)));
        final Optional<Double> spin = spin();
        final double tlc = row("TLC, 1 worker", tlc(1));
        final double tlcTwo = row("TLC, 2 workers", tlc(2));
        System.out.printf("two threads to one: %.2f%n", two / one);
        spin.ifPresent(speed -> System.out.printf("one thread to Spin: %.2f%n", one / speed));
        System.out.printf("one thread to TLC's one worker: %.1f%n", one / tlc);
        System.out.printf("two threads to TLC's two workers: %.1f%n", two / tlcTwo);
    }

    private double row(String engine, double seconds) {
        final double speed = states / seconds;
        System.out.printf("%-30s %8.2f s %12.0f states/s%n", engine, seconds, speed);
        return speed;
    }

    private long search(int threads) {
        return StateSearch.of(new MachineCast(scene)).withThreads(threads).run().states();
    }

    private double tlc(int workers) throws IOException {
        final Tlc.Result result = Tlc.count(scene, workers, Files.createTempDirectory("tlc"));
        mustBeAllStates("TLC", result.states());
        return result.seconds();
    }

    /** How fast Spin is; nothing if it or the C compiler is not there. */
    private Optional<Double> spin() throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("spin");
        final Path model = Path.of("benchmarks", "headcache.pml").toAbsolutePath();
        try {
            mustSucceed(directory, "spin", "-a", model.toString());
            mustSucceed(directory, "gcc", "-O2", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c");
        } catch (final IOException missing) {
            System.out.println("Spin is left out: " + missing.getMessage() + "; on Debian: apt install spin gcc");
            return Optional.empty();
        }
        final String pan = directory.resolve("pan").toString();
        final double seconds = median(() -> mustBeAllStates("Spin", stored(mustSucceed(directory, pan, "-w22"))));
        return Optional.of(row("Spin, 1 process", seconds));
    }

    private static long stored(String output) {
        final Matcher stored = STORED.matcher(output);
        return stored.find() ? Long.parseLong(stored.group(1)) : 0;
    }

    private void mustBeAllStates(String engine, long found) {
        if (found != states) {
            throw new IllegalStateException(engine + " disagrees: states=" + found + ", should be " + states);
        }
    }

    private static String mustSucceed(Path directory, String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + List.of(command) + "\n" + output);
        }
        return output;
    }

    private interface Timed {
        void run() throws IOException, InterruptedException;
    }

    private double median(Timed engine) throws IOException, InterruptedException {
        final double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            final long start = System.nanoTime();
            engine.run();
            seconds[round] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[rounds / 2];
    }
}
