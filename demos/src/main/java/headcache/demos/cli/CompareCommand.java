package headcache.demos.cli;

import headcache.machine.RunningMachine.MachineFailure;
import headcache.machine.RunningMachine.Threads;
import headcache.metrics.Measures;
import headcache.policy.Policies;
import headcache.policy.Policy;
import headcache.slab.SlabConfig;
import headcache.workload.RunOptions;
import headcache.workload.Workload;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headcache compare}: policies side by side on the same work. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Run several policies on the same workloads and show the difference.",
        footer = {
            "",
            "Every policy plays the same operations, in one order, so that figures are the",
            "same in every run. `least` is what a cache of that capacity could have done that",
            "knew the future. A sweep varies linux-5.12, for instance",
            "    --sweep capacity=32..128,refill=8..32",
            "where each range is doubled from its first value to its last. What the figures",
            "mean is told in docs/compare.md, and what may surprise in docs/policies.md."
        })
final class CompareCommand implements Callable<Integer> {
    private static final long PACKETS = 20_000;

    @Option(
            names = "--policies",
            paramLabel = "NAME",
            split = ",",
            description = "Which policies, separated by commas (default: all; see headcache list policies).")
    private List<String> policies = List.of();

    @Option(
            names = "--workloads",
            paramLabel = "NAME",
            split = ",",
            description = "Which workloads, by name or file, separated by commas (default: all; see headcache list"
                    + " workloads).")
    private List<String> workloads = List.of();

    @Option(
            names = "--sweep",
            paramLabel = "WHAT=FROM..TO",
            split = ",",
            description = "Vary capacity, refill or spill of linux-5.12 in place of policies.")
    private List<String> sweep = List.of();

    @Option(
            names = "--diverge",
            paramLabel = "A,B",
            split = ",",
            description = "Show the first operation at which two policies part, and what follows.")
    private List<String> diverge = List.of();

    @Option(
            names = "--metrics",
            paramLabel = "NAME",
            split = ",",
            description = "What the tables show: names of figures, traffic, batches, exits, memory, locality,"
                    + " latency, or all. CSV and JSON have all.")
    private List<String> metrics = List.of();

    @Option(
            names = "--packets",
            paramLabel = "N",
            description = "Packets that each generator makes (default: ${DEFAULT-VALUE}).")
    private long packets = PACKETS;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the generators (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private MemoryOptions memory = new MemoryOptions();

    @Mixin
    private CaptureOptions captures = new CaptureOptions();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Where the report with the charts goes (default: a file in runs/, with tables only).")
    private String html = "";

    @Option(names = "--no-html", description = "Write no such report.")
    private boolean withoutHtml;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write it: table, json or csv (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    private final Terminal terminal;

    CompareCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        refuseEmptyLists();
        heads();
        if (!diverge.isEmpty()) {
            return diverge(out, err);
        }
        final MetricChoice choice = choice();
        final List<Policy> compared = policies();
        final List<Callable<CompareRow>> runs = new ArrayList<>();
        for (final Workload workload : workloads()) {
            compared.forEach(policy -> runs.add(() -> run(workload, policy)));
        }
        final HtmlReport report = report();
        final List<CompareRow> rows;
        try (RunProgress progress = new RunProgress("runs", terminal, err)) {
            rows = SideBySide.run(runs, progress);
        }
        new CompareReport(rows, choice, "compare: " + settings(), repeat()).print(format, out, err);
        if (report != null) {
            report.write(new ReportData(rows, sweep.isEmpty() ? null : Sweep.of(sweep), repeat()));
            (format == Format.TABLE ? out : err).println("report: " + report.file());
            out.flush();
            err.flush();
        }
        return rows.stream().allMatch(CompareRow::holds) ? ExitCodes.HOLDS : ExitCodes.VIOLATED;
    }

    /** A list of nothing but commas would read as if it had not been given, which asks for all there are. */
    private void refuseEmptyLists() {
        for (final OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (option.getValue() instanceof List<?> names && names.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no names: " + option.longestName() + " " + String.join(" ", option.originalStringValues())
                                + "; leave it out, or name some");
            }
        }
    }

    private CompareRow run(final Workload workload, final Policy policy) {
        try {
            return new CompareRow(workload, policy, Measures.of(workload, options(policy)), "");
        } catch (final MachineFailure failure) {
            return new CompareRow(workload, policy, null, Partings.reason(failure));
        }
    }

    private RunOptions options(final Policy policy) {
        return RunOptions.DEFAULT
                .with(policy.cpu())
                .with(heads())
                .with(Threads.DETERMINISTIC)
                .withSeed(seed);
    }

    private SlabConfig heads() {
        try {
            return memory.heads();
        } catch (final IllegalArgumentException impossible) {
            throw wrong(impossible);
        }
    }

    private String settings() {
        return "packets=" + packets + " seed=" + seed + memory.told();
    }

    private int diverge(final PrintWriter out, final PrintWriter err) throws InterruptedException {
        final List<Policy> two = two();
        final List<Workload> all = workloads();
        final Partings partings = new Partings(two, this::options);
        try (RunProgress progress = new RunProgress("workloads", terminal, err)) {
            for (int i = 0; i < all.size(); i++) {
                partings.play(all.get(i));
                progress.progress(i + 1, all.size());
            }
        }
        final String settings =
                "diverge: " + two.get(0).name() + " from " + two.get(1).name() + ", " + settings();
        new DivergeReport(two.get(0), two.get(1), partings.found(), settings, repeat()).print(format, out, err);
        partings.broken().forEach(err::println);
        err.flush();
        return partings.broken().isEmpty() ? ExitCodes.HOLDS : ExitCodes.VIOLATED;
    }

    private List<Policy> two() {
        try {
            if (diverge.size() != 2) {
                throw new IllegalArgumentException(
                        "two policies can part, not " + diverge.size() + ": write --diverge linux-5.12,linux-128");
            }
            if (!policies.isEmpty() || !sweep.isEmpty() || !metrics.isEmpty() || !html.isEmpty()) {
                throw new IllegalArgumentException(
                        "--diverge compares no figures: leave out --policies, --sweep, --metrics and --html");
            }
            return diverge.stream().map(PolicyNames::named).toList();
        } catch (final IllegalArgumentException impossible) {
            throw wrong(impossible);
        }
    }

    /** Who asks for something to read by programs gets a page only by asking for it too. */
    private @Nullable HtmlReport report() {
        if (withoutHtml && !html.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "either --html or --no-html");
        }
        return withoutHtml || (html.isEmpty() && format != Format.TABLE) ? null : HtmlReport.at(html, repeat());
    }

    private MetricChoice choice() {
        try {
            return MetricChoice.of(metrics);
        } catch (final IllegalArgumentException unknown) {
            throw wrong(unknown);
        }
    }

    private List<Policy> policies() {
        try {
            if (!sweep.isEmpty()) {
                if (!policies.isEmpty()) {
                    throw new IllegalArgumentException("a sweep varies linux-5.12: leave out --policies");
                }
                return Sweep.of(sweep).policies();
            }
            return policies.isEmpty()
                    ? Policies.ALL
                    : policies.stream().map(PolicyNames::named).toList();
        } catch (final IllegalArgumentException impossible) {
            throw wrong(impossible);
        }
    }

    private List<Workload> workloads() {
        final List<String> names = workloads.isEmpty() ? WorkloadNames.all() : workloads;
        try {
            return names.stream()
                    .map(name -> WorkloadNames.named(name, packets, seed, captures))
                    .toList();
        } catch (final IllegalArgumentException impossible) {
            throw wrong(impossible);
        }
    }

    private String repeat() {
        final StringBuilder words = new StringBuilder("./headcache compare");
        add(words, "--policies", policies);
        add(words, "--workloads", workloads);
        add(words, "--sweep", sweep);
        add(words, "--diverge", diverge);
        add(words, "--metrics", metrics);
        captures.words().forEach(word -> words.append(' ').append(ShellWord.of(word)));
        words.append(" --packets ").append(packets).append(" --seed ").append(seed);
        memory.words().forEach(word -> words.append(' ').append(word));
        add(words, "--html", html.isEmpty() ? List.of() : List.of(html));
        return words.append(withoutHtml ? " --no-html" : "").toString();
    }

    private static void add(final StringBuilder words, final String option, final List<String> values) {
        if (!values.isEmpty()) {
            words.append(' ').append(option).append(' ').append(ShellWord.of(String.join(",", values)));
        }
    }

    private ParameterException wrong(final IllegalArgumentException impossible) {
        return new ParameterException(spec.commandLine(), String.valueOf(impossible.getMessage()), impossible);
    }
}
