package headcache.verify;

import headcache.machine.MachineConfig;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A machine, what it is told to do, and an interleaving.
 *
 * @param machine the machine
 * @param commands what it is told
 * @param schedule the seed of the interleaving, see {@link StepNetwork}
 */
public record Scenario(MachineConfig machine, List<Command> commands, long schedule) {

    /** The scenario that drafts mean. */
    public static Scenario of(MachineDraft machine, List<CommandDraft> commands, long schedule) {
        final MachineConfig config = machine.config();
        return new Scenario(config, CommandWriter.commands(config, commands), schedule);
    }

    @Override
    public String toString() {
        return MachineDraft.text(machine) + ", schedule " + schedule
                + commands.stream().map(command -> "\n  " + command).collect(Collectors.joining());
    }
}
