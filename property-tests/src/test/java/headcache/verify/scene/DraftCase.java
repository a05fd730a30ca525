package headcache.verify.scene;

import headcache.kit.shrink.Case;
import headcache.machine.MachineConfig;
import headcache.verify.Command;
import headcache.verify.CommandDraft;
import headcache.verify.CommandWriter;
import headcache.verify.MachineDraft;
import java.util.ArrayList;
import java.util.List;

/**
 * A scene that is made of numbers, so that it can be drawn: a machine, what each driver tells it, and the faults, which
 * a driver of their own brings about. Its parts are the drafts of commands and faults, and whatever makes the machine
 * larger than the smallest one. The commands are always such as a correct caller gives.
 *
 * @param machine topology and policy
 * @param drivers for each driver, drafts of its commands
 * @param faults drafts of CPUs that go offline and come back
 */
public record DraftCase(MachineDraft machine, List<List<CommandDraft>> drivers, List<CommandDraft> faults)
        implements Case<DraftCase> {
    /** The name of such scenes. */
    static final String NAME = "drawn";

    /** One command more or less outweighs whatever the machine may be. */
    private static final long COMMAND = 1_000_000;

    /** The scene. */
    public Scene scene() {
        final MachineConfig config = machine.config();
        final List<List<Command>> scripts = new ArrayList<>();
        drivers.forEach(drafts -> scripts.add(CommandWriter.commands(config, drafts).stream()
                .filter(command -> !isFault(command))
                .toList()));
        scripts.add(CommandWriter.commands(config, faults));
        return new Scene(NAME, "Whatever was drawn.", config, scripts);
    }

    /** Only one driver knows which CPUs are online. */
    private static boolean isFault(Command command) {
        return command instanceof Command.Offline || command instanceof Command.Online;
    }

    @Override
    public List<DraftCase> smaller() {
        final List<DraftCase> all = new ArrayList<>();
        for (int driver = 0; driver < drivers.size(); driver++) {
            for (int i = 0; i < drivers.get(driver).size(); i++) {
                final List<List<CommandDraft>> fewer = new ArrayList<>(drivers);
                fewer.set(driver, without(drivers.get(driver), i));
                all.add(new DraftCase(machine, List.copyOf(fewer), faults));
            }
        }
        for (int i = 0; i < faults.size(); i++) {
            all.add(new DraftCase(machine, drivers, without(faults, i)));
        }
        machine.smaller().forEach(less -> all.add(new DraftCase(less, drivers, faults)));
        return all;
    }

    @Override
    public long size() {
        return COMMAND * (faults.size() + drivers.stream().mapToLong(List::size).sum()) + machine.size();
    }

    private static List<CommandDraft> without(List<CommandDraft> drafts, int place) {
        final List<CommandDraft> fewer = new ArrayList<>(drafts);
        fewer.remove(place);
        return List.copyOf(fewer);
    }
}
