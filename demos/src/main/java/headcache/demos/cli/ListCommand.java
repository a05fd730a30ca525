package headcache.demos.cli;

import headcache.workload.trace.TraceSource;
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
        for (final String name : TraceSource.BUNDLED) {
            table.row("recording", name, recorded(name));
        }
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

    private static String recorded(final String name) {
        return switch (name) {
            case "tcp_bulk" -> "Linux 6.1, 2 CPUs: TCP bulk receive and transmit through one NIC.";
            case "vlan_nat" -> "Linux 6.1, 2 CPUs: a VLAN and NAT router and its end points, four NICs.";
            case "numa_two_nodes" -> "Linux 6.1, 4 CPUs on two memory nodes: TCP and UDP, the interrupt moving.";
            case "vlan_nat_pair" -> "Linux 6.1, 2 CPUs: a VLAN and NAT router, with the packets of its two NICs.";
            case "tcp_rx_pair" -> "Linux 6.1, 2 CPUs: TCP receive with GRO, with the packets of its NIC.";
            default -> throw new IllegalArgumentException("no such recording: " + name);
        };
    }
}
