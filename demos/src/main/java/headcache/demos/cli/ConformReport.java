package headcache.demos.cli;

import headcache.workload.conform.ConformSettings;
import headcache.workload.conform.Conformance;
import headcache.workload.trace.InitialState;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** What {@code conform} prints: settings first, results, and last the command that repeats it. */
final class ConformReport {

    private final ConformSettings settings;
    private final String command;
    private final int recordings;
    private final List<ConformResult> results = new ArrayList<>();

    /** Will report on {@code recordings} recordings; {@code command} repeats it. */
    ConformReport(final ConformSettings settings, final String command, final int recordings) {
        this.settings = settings;
        this.command = command;
        this.recordings = recordings;
    }

    void add(final Conformance conformance, final InitialState initial) {
        results.add(new ConformResult(conformance, initial.knows(conformance.trace()) ? initial.file() : ""));
    }

    int exitCode() {
        if (!results.stream().allMatch(result -> result.conformance().conforms())) {
            return ExitCodes.VIOLATED;
        }
        return results.stream().allMatch(ConformResult::compared) ? ExitCodes.HOLDS : ExitCodes.INCONCLUSIVE;
    }

    /** Says what will be compared; in JSON that stands with each result. */
    void begin(final Format format, final CommandLine line) {
        final String text = "conform: cache=" + settings.policy() + " recordings=" + recordings
                + (settings.nodeOfCpu().isEmpty() ? "" : " cpu-nodes=" + settings.nodeOfCpu());
        switch (format) {
            case TABLE -> line.getOut().println(text);
            case CSV -> line.getErr().println(text);
            case JSON -> {}
        }
    }

    /** Prints the results; there is a verdict if there is one for each recording. */
    void print(final Format format, final CommandLine line) {
        switch (format) {
            case TABLE -> {
                ConformText.print(results, recordings, line.getOut());
                line.getOut().println("repeat: " + command);
            }
            case CSV -> {
                csv().print(Format.CSV, line.getOut());
                line.getErr().println("repeat: " + command);
            }
            case JSON -> ConformJson.print(results, settings, command, line.getOut());
        }
        line.getOut().flush();
        line.getErr().flush();
    }

    private Table csv() {
        final Table table = new Table(
                "trace",
                "rows",
                "events",
                "skipped",
                "notReached",
                "mismatches",
                "routes",
                "routeMismatches",
                "unknownRoutes",
                "conforms");
        for (final ConformResult result : results) {
            final Conformance conformance = result.conformance();
            table.row(
                    conformance.trace(),
                    String.valueOf(conformance.rows()),
                    String.valueOf(conformance.events()),
                    String.valueOf(conformance.skipped()),
                    String.valueOf(conformance.notReached()),
                    String.valueOf(conformance.mismatches()),
                    String.valueOf(conformance.routes()),
                    String.valueOf(conformance.routeMismatches()),
                    String.valueOf(result.unknownRoutes()),
                    String.valueOf(conformance.conforms()));
        }
        return table;
    }
}
