package headcache.demos.cli;

import headcache.verify.mutant.Hunt;
import headcache.verify.mutant.Mutant;
import headcache.verify.mutant.NoCompilerException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headcache mutants}: whether the checks find bugs that are planted in the machine. */
@Command(
        name = "mutants",
        mixinStandardHelpOptions = true,
        description = "Plant bugs in the machine, one at a time, and see whether the checks find them.",
        footer = {
            "",
            "A bug is a patch of a few lines against the sources of the actors. Exit code 0",
            "if every bug is found, 1 if one survives all checks, 2 if time runs out before.",
            "`headcache check SCENARIO --mutant M8` shows a run that goes wrong."
        })
final class MutantsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Which mutants (default: all).")
    private List<String> ids = List.of();

    @Option(names = "--show", paramLabel = "ID", description = "Only print the patch of a mutant.")
    private @Nullable String shown;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "The longest time for the search for one mutant (default: 60).")
    private int seconds = 60;

    @Option(names = "--format", paramLabel = "FORMAT", description = "How to write it: table or json (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    private final Terminal terminal;

    MutantsCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1) {
            throw wrong("a limit must be 1 or more: time-limit=" + seconds);
        }
        if (format == Format.CSV) {
            throw wrong("no such format here: format=csv; there are table, json");
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (shown != null) {
            MutantsReport.show(mutant(shown), out);
            return ExitCodes.HOLDS;
        }
        final List<Mutant> asked =
                ids.isEmpty() ? Mutant.ALL : ids.stream().map(this::mutant).toList();
        final long begin = System.nanoTime();
        final List<Hunt.Result> results =
                hunt(asked.stream().filter(Mutant::isPlanted).toList());
        final MutantsReport report = new MutantsReport(asked, results, Duration.ofNanos(System.nanoTime() - begin));
        if (format == Format.JSON) {
            report.json(out);
        } else {
            report.table(out, words());
        }
        return exitCode(results);
    }

    /** As many at a time as there are processors: each is a program of its own. */
    private List<Hunt.Result> hunt(final List<Mutant> planted) throws InterruptedException {
        final ExecutorService hunters =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (RunProgress progress =
                new RunProgress("mutants", terminal, spec.commandLine().getErr())) {
            final List<Future<Hunt.Result>> running = planted.stream()
                    .map(mutant -> hunters.submit(() -> Hunt.of(mutant, Duration.ofSeconds(seconds))))
                    .toList();
            final List<Hunt.Result> results = new ArrayList<>();
            for (final Future<Hunt.Result> hunt : running) {
                results.add(hunt.get());
                progress.progress(results.size(), planted.size());
            }
            return results;
        } catch (final ExecutionException failure) {
            if (failure.getCause() instanceof NoCompilerException none) {
                throw wrong(String.valueOf(none.getMessage()));
            }
            throw new IllegalStateException(failure.getCause());
        } finally {
            hunters.shutdownNow();
        }
    }

    private static int exitCode(final List<Hunt.Result> results) {
        if (results.stream().anyMatch(result -> result.verdict() == Hunt.Verdict.SURVIVED)) {
            return ExitCodes.VIOLATED;
        }
        return results.stream().allMatch(result -> result.verdict() == Hunt.Verdict.KILLED)
                ? ExitCodes.HOLDS
                : ExitCodes.INCONCLUSIVE;
    }

    private Mutant mutant(final String id) {
        return Mutant.named(id)
                .orElseThrow(() -> wrong("no such mutant: mutant=" + id + "; there are " + PlantedProgram.ids()));
    }

    private ParameterException wrong(final String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private String words() {
        return "./headcache mutants"
                + ids.stream().map(id -> " " + ShellWord.of(id)).collect(Collectors.joining())
                + " --time-limit " + seconds;
    }
}
