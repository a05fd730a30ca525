package headcache.demos.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headcache list}: what there is to run, each with its kind, its name, and what it is for. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List what there is: commands and what they can be given.")
final class ListCommand implements Runnable {

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
        final Table table = new Table("kind", "name", "description");
        addCommands(table);
        table.print(format, spec.commandLine().getOut());
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
}
