package headcache.demos.cli;

import headcache.machine.RunningMachine.Threads;
import headcache.metrics.Figures;
import headcache.policy.Series;
import headcache.policy.Stage;
import headcache.protocol.WayIn;
import headcache.workload.RunOptions;
import headcache.workload.generated.DriverWorkload;
import headcache.workload.generated.Fate;
import headcache.workload.generated.GeneratorOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headcache series}: what each patch of the series bought, driver by driver. */
@Command(
        name = "series",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Apply the series patch by patch, and what review dropped, and show what each changes.",
        footer = {
            "",
            "Every kernel plays the same operations, in one order, so that figures are the",
            "same in every run. Cycles are estimated from figures published for warm memory:",
            "see headcache costs, and docs/series.md for what may surprise."
        })
final class SeriesCommand implements Callable<Integer> {
    private static final long PACKETS = 50_000;

    @Option(
            names = "--driver",
            paramLabel = "CALL",
            description = "Only a driver that calls this: build_skb, napi_build_skb, napi_alloc_skb or napi_get_frags"
                    + " (default: each).")
    private @Nullable String driver;

    @Option(
            names = "--fate",
            paramLabel = "FATE",
            description = "Only frames that are forwarded, merged, delivered or segmented (default: each).")
    private @Nullable String fate;

    @Option(names = "--packets", paramLabel = "N", description = "Packets of each run (default: ${DEFAULT-VALUE}).")
    private long packets = PACKETS;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the traffic (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write it: table, json or csv (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    private final Terminal terminal;

    SeriesCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        final List<DriverWorkload> workloads = workloads();
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final List<Callable<SeriesRow>> runs = new ArrayList<>();
        for (final DriverWorkload workload : workloads) {
            Series.all().forEach(stage -> runs.add(() -> run(workload, stage)));
        }
        final List<SeriesRow> rows;
        try (RunProgress progress = new RunProgress("runs", terminal, err)) {
            rows = SideBySide.run(runs, progress);
        }
        new SeriesReport(rows, "series: packets=" + packets + " seed=" + seed + " cpus=1 nodes=1", repeat())
                .print(format, out, err);
        final List<String> faults = rows.stream().flatMap(SeriesRow::faults).toList();
        faults.forEach(err::println);
        err.flush();
        return faults.isEmpty() ? ExitCodes.HOLDS : ExitCodes.VIOLATED;
    }

    private SeriesRow run(final DriverWorkload workload, final Stage stage) {
        final RunOptions options = RunOptions.DEFAULT
                .with(stage.policy())
                .with(Threads.DETERMINISTIC)
                .withSeed(seed);
        return new SeriesRow(workload, stage, Figures.of(workload, options));
    }

    private List<DriverWorkload> workloads() {
        final List<DriverWorkload> all = new ArrayList<>();
        try {
            for (final WayIn way : drivers()) {
                for (final Fate each : fates()) {
                    all.add(new DriverWorkload(way, each, new GeneratorOptions(1, 1, packets, seed)));
                }
            }
        } catch (final IllegalArgumentException impossible) {
            throw wrong(String.valueOf(impossible.getMessage()));
        }
        return all;
    }

    private List<WayIn> drivers() {
        final List<WayIn> named = DriverWorkload.DRIVERS.stream()
                .filter(way -> driver == null || way.kernelName().equals(driver))
                .toList();
        if (named.isEmpty()) {
            throw wrong("no driver calls that: driver=" + driver + "; there are "
                    + DriverWorkload.DRIVERS.stream().map(WayIn::kernelName).collect(Collectors.joining(", ")));
        }
        return named;
    }

    private List<Fate> fates() {
        if (fate == null) {
            return List.of(Fate.values());
        }
        return List.of(Fate.named(fate)
                .orElseThrow(() -> wrong("no such fate: fate=" + fate + "; there are "
                        + Arrays.stream(Fate.values()).map(Fate::label).collect(Collectors.joining(", ")))));
    }

    private String repeat() {
        return "./headcache series"
                + (driver == null ? "" : " --driver " + driver)
                + (fate == null ? "" : " --fate " + fate)
                + String.format(Locale.ROOT, " --packets %d --seed %d", packets, seed);
    }

    private ParameterException wrong(final String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
