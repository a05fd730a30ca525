package headcache.demos.cli;

import headcache.verify.Ledger;
import headcache.workload.RunOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headcache run}: a workload on the machine, its figures, and whether every head is where it must be. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Run a workload on the machine and report what the caches and slabs did.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private WorkloadOptions workload = new WorkloadOptions();

    @Mixin
    private CacheOptions cache = new CacheOptions();

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Option(
            names = "--audit",
            paramLabel = "EVERY",
            description = "Count all heads of the running machine after every EVERY packets, and at the end, without"
                    + " stopping it: see docs/audit.md.")
    private @Nullable Long auditEvery;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write it: table, json or csv (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    private final Terminal terminal;

    RunCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        final RunSettings settings = watched();
        final String repeat = settings.repeat("run");
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final PrintWriter told = format == Format.CSV ? err : out;
        if (format != Format.JSON) {
            settings.lines("run").forEach(told::println);
            told.flush();
        }
        final Ledger ledger = (Ledger) settings.options().tap();
        final RunOutcome outcome;
        try (RunProgress progress = new RunProgress("packets", terminal, err)) {
            outcome = RunOutcome.of(settings, ledger, progress);
        }
        switch (format) {
            case TABLE -> RunText.print(outcome, terminal.ansi(), out);
            case JSON -> RunJson.print(outcome, repeat, out);
            case CSV -> RunCsv.print(RunJson.document(outcome, repeat), out);
        }
        if (format != Format.JSON) {
            told.println("repeat: " + repeat);
        }
        out.flush();
        err.flush();
        return outcome.exitCode();
    }

    private RunSettings watched() {
        final RunSettings asked = workload.settings(cache, threads.threads());
        final List<String> words = new ArrayList<>(asked.words());
        if (auditEvery != null) {
            words.addAll(List.of("--audit", auditEvery.toString()));
        }
        words.addAll(ThreadOptions.words(asked.options().threads()));
        return new RunSettings(asked.workload(), audited(asked.options()).with(new Ledger()), words);
    }

    private RunOptions audited(final RunOptions options) {
        if (auditEvery == null) {
            return options;
        }
        if (auditEvery < 1) {
            throw new ParameterException(
                    spec.commandLine(), "impossible audit: --audit " + auditEvery + " must be 1 or more packets");
        }
        return options.withAuditEvery(auditEvery);
    }
}
