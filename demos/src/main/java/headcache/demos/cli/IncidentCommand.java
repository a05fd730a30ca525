package headcache.demos.cli;

import headcache.demos.incident.Incident;
import headcache.demos.incident.Incidents;
import headcache.demos.incident.Played;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headcache incident}: what went wrong with caches of objects, played again. */
@Command(
        name = "incident",
        mixinStandardHelpOptions = true,
        description = "Play again what went wrong under one policy, and what mended it.",
        footer = {"", "It ends with 0 if the incident came out as it is told: broken before, mended after."})
final class IncidentCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which incident (default: list them).")
    private @Nullable String name;

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
        if (name == null) {
            list(out);
            return ExitCodes.HOLDS;
        }
        final Incident incident = find(name);
        final Played played = incident.play();
        new IncidentReport(incident, played)
                .print(format, out, spec.commandLine().getErr());
        return played.isAsTold() ? ExitCodes.HOLDS : ExitCodes.VIOLATED;
    }

    private Incident find(final String wanted) {
        return Incidents.named(wanted)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no such incident: incident=" + wanted
                                + NearNames.hint(
                                        wanted,
                                        Incidents.ALL.stream()
                                                .map(Incident::name)
                                                .toList())));
    }

    private void list(final PrintWriter out) {
        final Table table = new Table("incident", "what").wrapping();
        Incidents.ALL.forEach(incident -> table.row(incident.name(), incident.title()));
        Incidents.missing().forEach((known, reason) -> table.row(known, "cannot be played: " + reason));
        table.print(format, out);
        if (format == Format.TABLE) {
            out.println();
            out.println(
                    "Begin with: ./headcache incident " + Incidents.ALL.get(0).name());
            out.flush();
        }
    }
}
