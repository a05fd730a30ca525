package headcache.benchmarks;

import headcache.benchmarks.machine.MemoryOfCpus;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a suite of benchmarks for some rounds and prints its tables: {@code SUITE [ROUNDS [PATTERN]]}. */
public final class Main {
    /** The suite that is no matter of time, and so none of JMH. */
    private static final String MEMORY = "memory";

    private static final int DEFAULT_ROUNDS = 5;
    private static final String HEAP = System.getProperty("heap", "1g");
    private static final int WRONG_USAGE = 64;
    private static final int FAILED = 70;

    private Main() {}

    /** Runs what {@code args} ask for. */
    public static void main(String[] args) throws InterruptedException {
        Locale.setDefault(Locale.ROOT);
        final Optional<Suite> suite = Suite.ALL.stream()
                .filter(known -> args.length > 0 && known.name().equals(args[0]))
                .findFirst();
        final int rounds = args.length < 2 ? DEFAULT_ROUNDS : number(args[1]);
        if (rounds > 0 && args.length > 0 && args.length < 3 && args[0].equals(MEMORY)) {
            MemoryOfCpus.print(rounds);
            return;
        }
        if (suite.isEmpty() || rounds < 1 || args.length > 3) {
            System.err.println("usage: benchmarks/run SUITE [ROUNDS [PATTERN]]; suites: "
                    + Suite.ALL.stream().map(known -> known.name() + ", ").collect(Collectors.joining())
                    + MEMORY + "; rounds: 1 or more, " + DEFAULT_ROUNDS + " unless given");
            System.exit(WRONG_USAGE);
        }
        try {
            run(suite.orElseThrow(), rounds, args.length < 3 ? "" : args[2]);
        } catch (NoBenchmarksException nothing) {
            System.err.println("no benchmark matches: suite=" + args[0] + " pattern=" + args[2]);
            System.exit(WRONG_USAGE);
        } catch (RunnerException failure) {
            failure.printStackTrace();
            System.exit(FAILED);
        }
    }

    private static void run(Suite suite, int rounds, String pattern) throws RunnerException {
        System.out.printf("suite=%s; one operation is %s%n", suite.name(), suite.explanation());
        System.out.printf(
                "rounds=%d heap=%s java=%s processors=%d os=%s/%s%n",
                rounds,
                HEAP,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        final Rounds results = new Rounds(suite);
        for (int round = 1; round <= rounds; round++) {
            System.err.printf("round %d of %d%n", round, rounds);
            results.add(new Runner(options(suite, pattern)).run());
        }
        System.out.print(results.toMarkdown());
        System.out.printf("%nAgain: benchmarks/run %s %d %s%n", suite.name(), rounds, pattern);
    }

    /**
     * One JVM for each benchmark of a round, with the garbage collector that the program itself runs with. In
     * a heap as small as this, references are plain addresses.
     */
    private static Options options(Suite suite, String pattern) {
        return new OptionsBuilder()
                .include(suite.include(pattern))
                .forks(1)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-XX:+UseParallelGC", "-Xmx" + HEAP)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
