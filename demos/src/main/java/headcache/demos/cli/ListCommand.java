package headcache.demos.cli;

import headcache.demos.incident.Incident;
import headcache.demos.incident.Incidents;
import headcache.demos.lesson.Lesson;
import headcache.demos.lesson.Lessons;
import headcache.kit.search.Strategy;
import headcache.policy.Policies;
import headcache.policy.Policy;
import headcache.verify.Invariant;
import headcache.verify.mutant.Mutant;
import headcache.verify.scene.Scenes;
import headcache.workload.captured.BundledCapture;
import headcache.workload.generated.Generator;
import headcache.workload.trace.TraceSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headcache list}: what there is to run, each with its kind, its name, and what it is for. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List what there is: commands and what they can be given.")
final class ListCommand implements Runnable {

    @Parameters(
            paramLabel = "KIND",
            arity = "0..1",
            description =
                    "commands, workloads, recordings, policies, invariants, scenarios, strategies, mutants, lessons or incidents (default: all).")
    private @Nullable String kind;

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
        final Table table = new Table("kind", "name", "description").wrapping();
        final Map<String, Consumer<Table>> kinds = kinds();
        if (kind == null) {
            kinds.values().forEach(kind -> kind.accept(table));
        } else {
            final String one = kind.toLowerCase(Locale.ROOT);
            final String many = one.endsWith("y")
                    ? one.substring(0, one.length() - 1) + "ies"
                    : one.endsWith("s") ? one : one + "s";
            final Consumer<Table> asked = kinds.get(many.equals("traces") ? "recordings" : many);
            if (asked == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no such kind: kind=" + kind + "; there are " + String.join(", ", kinds.keySet()));
            }
            asked.accept(table);
        }
        table.print(format, spec.commandLine().getOut());
    }

    private Map<String, Consumer<Table>> kinds() {
        final Map<String, Consumer<Table>> kinds = new LinkedHashMap<>();
        kinds.put("commands", this::addCommands);
        kinds.put("workloads", ListCommand::addWorkloads);
        kinds.put("recordings", ListCommand::addRecordings);
        kinds.put("policies", ListCommand::addPolicies);
        kinds.put("invariants", ListCommand::addInvariants);
        kinds.put("scenarios", ListCommand::addScenarios);
        kinds.put("strategies", ListCommand::addStrategies);
        kinds.put("mutants", ListCommand::addMutants);
        kinds.put("lessons", ListCommand::addLessons);
        kinds.put("incidents", ListCommand::addIncidents);
        return kinds;
    }

    private static void addLessons(final Table table) {
        for (final Lesson lesson : Lessons.all()) {
            table.row("lesson", String.valueOf(lesson.number()), lesson.question());
        }
    }

    private static void addIncidents(final Table table) {
        for (final Incident incident : Incidents.ALL) {
            table.row("incident", incident.name(), incident.title());
        }
    }

    private static void addScenarios(final Table table) {
        Scenes.ofEveryPolicy().forEach(scene -> table.row("scenario", scene.name(), scene.danger()));
    }

    private static void addStrategies(final Table table) {
        for (final Tried tried : Tried.values()) {
            final Strategy strategy = tried.strategy(1, 2);
            table.row("strategy", tried.label(), strategy.guarantee() + " (" + strategy.source() + ")");
        }
    }

    private static void addMutants(final Table table) {
        for (final Mutant mutant : Mutant.ALL) {
            table.row("mutant", mutant.id(), mutant.sees());
        }
    }

    private void addCommands(final Table table) {
        for (final CommandLine command : spec.root().subcommands().values()) {
            final CommandSpec its = command.getCommandSpec();
            if (!its.usageMessage().hidden()) {
                table.row(
                        "command",
                        its.name(),
                        String.join(" ", its.usageMessage().description()));
            }
        }
    }

    private static void addWorkloads(final Table table) {
        for (final String name : TraceSource.BUNDLED) {
            table.row("workload", name, WorkloadNames.recorded(name));
        }
        for (final BundledCapture capture : BundledCapture.values()) {
            table.row("workload", capture.label(), capture.summary());
        }
        for (final Generator generator : Generator.values()) {
            table.row("workload", generator.label(), "made up: " + generator.summary());
        }
    }

    private static void addRecordings(final Table table) {
        for (final String name : TraceSource.BUNDLED) {
            table.row("recording", name, WorkloadNames.recorded(name));
        }
    }

    private static void addPolicies(final Table table) {
        for (final Policy policy : Policies.ALL) {
            table.row("policy", policy.name(), policy.summary() + " (" + policy.source() + ")");
        }
    }

    private static void addInvariants(final Table table) {
        for (final Invariant invariant : Invariant.values()) {
            table.row("invariant", invariant.name(), invariant.title() + ": " + invariant.law());
        }
    }
}
