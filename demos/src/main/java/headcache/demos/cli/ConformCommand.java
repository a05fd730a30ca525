package headcache.demos.cli;

import headcache.machine.RunningMachine.Threads;
import headcache.workload.BadInputException;
import headcache.workload.conform.ConformSettings;
import headcache.workload.conform.Conformer;
import headcache.workload.packets.PacketConformance;
import headcache.workload.packets.PacketConformer;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.InitialStateReader;
import headcache.workload.trace.Recording;
import headcache.workload.trace.TraceSource;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headcache conform}: whether the model does what a recorded kernel did, event by event. */
@Command(
        name = "conform",
        mixinStandardHelpOptions = true,
        description = "Replay recordings of a real kernel through the actors and compare every event.",
        footer = {
            "",
            "A recording is CSV, packed with gzip or not. The README of this folder tells its columns:",
            "    actors/src/main/resources/headcache/traces",
            "The recordings there are known by name: see headcache list recordings.",
            "With --packets, a nics.csv beside the recording names the captures: see paired/README.md there."
        })
final class ConformCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "TRACE",
            arity = "0..*",
            description = "Recordings, by file or name (default: all that come with the program).")
    private List<String> traces = List.of();

    @Option(
            names = "--initial",
            paramLabel = "FILE",
            description = "What the caches held when the recordings began (default: initial_state.csv beside each).")
    private @Nullable String initial;

    @Mixin
    private CacheOptions cache = new CacheOptions();

    @Option(
            names = "--cpu-nodes",
            paramLabel = "NODE",
            split = ",",
            description = "The memory node of CPU 0, 1, ... (default: the nodes of the recording, spread evenly).")
    private List<Integer> cpuNodes = List.of();

    @Option(names = "--routes", description = "Show which way in or out each kernel function is, and do no more.")
    private boolean routes;

    @Option(
            names = "--packets",
            description = "Take the packets that were captured with a recording, and compare what becomes of each"
                    + " (default: of the recordings that come with theirs).")
    private boolean packets;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write it: table, json or csv (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        if (routes) {
            RoutesDocument.table().print(format, out);
            return ExitCodes.HOLDS;
        }
        if (packets) {
            return comparePackets();
        }
        final ConformSettings settings = new ConformSettings(cache.policy(), checkedNodes());
        final List<TraceSource> sources = sources();
        final ConformReport report = new ConformReport(settings, words(), sources.size());
        report.begin(format, spec.commandLine());
        try {
            compareAll(sources, new Conformer(settings, Threads.all()), report);
        } finally {
            report.print(format, spec.commandLine());
        }
        return report.exitCode();
    }

    private int comparePackets() {
        if (initial != null || !cpuNodes.isEmpty() || !cache.asWords().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--packets compares no caches: leave out --initial, --cpu-nodes and the cache");
        }
        final List<TraceSource> sources = (traces.isEmpty() ? TraceSource.WITH_PACKETS : traces)
                .stream().map(TraceSource::of).toList();
        final List<PacketConformance> results = new ArrayList<>();
        final PacketsReport report = new PacketsReport(results, sources.size(), words());
        try {
            sources.forEach(source -> results.add(PacketConformer.conform(source)));
        } finally {
            report.print(format, spec.commandLine());
        }
        return report.exitCode();
    }

    private void compareAll(final List<TraceSource> sources, final Conformer conformer, final ConformReport report) {
        final InitialState told = initial == null ? null : InitialStateReader.read(TraceSource.file(initial));
        try (RecordingPrefetch recordings = new RecordingPrefetch(sources)) {
            for (final TraceSource source : sources) {
                final InitialState state = told == null ? besides(source) : told;
                final Recording recording = recordings.next();
                checkNodes(recording);
                if (!state.knows(source.name())) {
                    note(source, state);
                }
                report.add(conformer.conform(recording, state), state);
            }
        }
    }

    private static InitialState besides(final TraceSource source) {
        return source.beside(TraceSource.INITIAL_STATE)
                .map(InitialStateReader::read)
                .orElse(InitialState.NONE);
    }

    private void note(final TraceSource source, final InitialState state) {
        final String why = state.file().isEmpty()
                ? "there is no " + TraceSource.INITIAL_STATE + " beside it"
                : state.file() + " tells nothing of trace=" + source.name() + " but of " + state.recordings();
        spec.commandLine()
                .getErr()
                .println("note: " + source.file() + ": " + why
                        + "; each CPU begins where its cache is known to be empty");
    }

    /** Too short a list would leave CPUs on node 0 without a word. */
    private void checkNodes(final Recording recording) {
        if (!cpuNodes.isEmpty() && cpuNodes.size() != recording.cpus()) {
            throw new BadInputException(
                    recording.file(),
                    0,
                    "needs a memory node for each of its CPUs",
                    "cpus",
                    recording.cpus(),
                    "nodes given",
                    cpuNodes.size());
        }
    }

    private List<TraceSource> sources() {
        return (traces.isEmpty() ? TraceSource.BUNDLED : traces)
                .stream().map(TraceSource::of).toList();
    }

    private List<Integer> checkedNodes() {
        for (final int node : cpuNodes) {
            if (node < 0 || node >= Recording.NODE_LIMIT) {
                throw new ParameterException(
                        spec.commandLine(),
                        "impossible node: --cpu-nodes has node=" + node + ", limit=" + Recording.NODE_LIMIT);
            }
        }
        return cpuNodes;
    }

    private String words() {
        final StringBuilder words = new StringBuilder("./headcache conform" + (packets ? " --packets" : ""));
        traces.forEach(trace -> words.append(' ').append(ShellWord.of(trace)));
        if (initial != null) {
            words.append(" --initial ").append(ShellWord.of(initial));
        }
        words.append(cache.asWords());
        if (!cpuNodes.isEmpty()) {
            words.append(" --cpu-nodes ")
                    .append(String.join(
                            ",", cpuNodes.stream().map(String::valueOf).toList()));
        }
        return words.toString();
    }
}
