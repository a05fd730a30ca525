package headcache.demos.cli;

import java.util.List;
import picocli.CommandLine;

/** The registry of commands: the one place where a command joins the program, in the order in which help shows them. */
final class Commands {

    private Commands() {}

    private static List<Object> all(final Terminal terminal) {
        return List.of(
                new RunCommand(terminal),
                new ExplainCommand(),
                new ConformCommand(),
                new SeriesCommand(terminal),
                new CompareCommand(terminal),
                new CostsCommand(terminal),
                new IncidentCommand(),
                new CheckCommand(),
                new ReplayCommand(terminal),
                new MutantsCommand(terminal),
                new LessonCommand(terminal),
                new ListCommand(),
                new WarmUpCommand());
    }

    static void addTo(final CommandLine program, final Terminal terminal) {
        all(terminal).forEach(program::addSubcommand);
    }
}
