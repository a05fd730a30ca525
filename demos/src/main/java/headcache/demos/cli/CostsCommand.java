package headcache.demos.cli;

import headcache.cost.Cost;
import headcache.cost.Experiment;
import headcache.cost.Predictions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headcache costs}: the constants of the cost model, each with its source, and what the model predicts. */
@Command(
        name = "costs",
        mixinStandardHelpOptions = true,
        description = "List what each piece of work is taken to cost, in cycles, and where the figure is from.",
        footer = {
            "",
            "The figures are for warm memory on one processor; cold memory costs many times as much.",
            "What the model was fitted to is marked; see docs/costs.md for what it cannot explain."
        })
final class CostsCommand implements Callable<Integer> {

    @Option(
            names = "--predict",
            description = "Show what the model says of figures that were measured on kernels, beside those.")
    private boolean predict;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write it: table, json or csv (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    private final Terminal terminal;

    CostsCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (predict) {
            predictions();
        } else {
            constants();
        }
        return ExitCodes.HOLDS;
    }

    private void predictions() throws InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        final List<Experiment> experiments;
        try (RunProgress progress = new RunProgress("experiments", terminal, err)) {
            experiments = SideBySide.run(Predictions.all(), progress).stream()
                    .flatMap(List::stream)
                    .toList();
        }
        new PredictionsReport(experiments, "./headcache costs --predict")
                .print(format, spec.commandLine().getOut(), err);
    }

    private void constants() {
        final Table table = new Table("cost", "cycles", "source").wrapping();
        for (final Cost cost : Cost.values()) {
            table.row(cost.what(), String.format(Locale.ROOT, "%.1f", cost.cycles()), cost.source());
        }
        table.print(format, spec.commandLine().getOut());
    }
}
