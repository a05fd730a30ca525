package headcache.demos.cli;

import headcache.cost.Cost;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headcache costs}: the constants of the cost model, each with its source. */
@Command(
        name = "costs",
        mixinStandardHelpOptions = true,
        description = "List what each piece of work is taken to cost, in cycles, and where the figure is from.",
        footer = {"", "The figures are for warm memory on one processor; cold memory costs many times as much."})
final class CostsCommand implements Runnable {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write it: table, json or csv (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        final Table table = new Table("cost", "cycles", "source").wrapping();
        for (final Cost cost : Cost.values()) {
            table.row(cost.what(), String.format(Locale.ROOT, "%.1f", cost.cycles()), cost.source());
        }
        table.print(format, spec.commandLine().getOut());
    }
}
