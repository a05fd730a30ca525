package headcache.verify.scene;

import headcache.kit.shrink.Case;
import headcache.machine.MachineConfig;
import headcache.verify.Command;
import headcache.verify.CommandDraft;
import headcache.verify.CommandWriter;
import headcache.verify.MachineDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A scene that is made of numbers, so that it can be drawn: a machine, what each driver tells it, and the faults, which
 * a driver of their own brings about. Its parts are the drafts of commands and faults, their details, and
 * whatever makes the machine larger than the smallest one. The commands are always such as a correct caller gives.
 *
 * @param machine topology and policy
 * @param drivers for each driver, drafts of its commands
 * @param faults drafts of faults, see {@link CommandWriter#FAULTS}
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

    /** Only one driver knows which CPUs are online; the other kinds of fault are drawn for no other driver. */
    private static boolean isFault(Command command) {
        return command instanceof Command.Offline || command instanceof Command.Online;
    }

    @Override
    public List<DraftCase> smaller() {
        final List<DraftCase> all = new ArrayList<>();
        for (int driver = 0; driver < drivers.size(); driver++) {
            for (final List<CommandDraft> less : fewer(drivers.get(driver))) {
                all.add(with(driver, less));
            }
        }
        fewer(faults).forEach(less -> all.add(new DraftCase(machine, drivers, less)));
        for (int driver = 0; driver < drivers.size(); driver++) {
            for (final List<CommandDraft> less : simpler(drivers.get(driver))) {
                all.add(with(driver, less));
            }
        }
        simpler(faults).forEach(less -> all.add(new DraftCase(machine, drivers, less)));
        machine.smaller().forEach(less -> all.add(new DraftCase(less, drivers, faults)));
        return all;
    }

    @Override
    public long size() {
        return Stream.concat(drivers.stream(), Stream.of(faults))
                        .flatMap(List::stream)
                        .mapToLong(draft -> draft.detail() == 0 ? COMMAND : COMMAND + 1)
                        .sum()
                + machine.size();
    }

    private DraftCase with(int driver, List<CommandDraft> drafts) {
        final List<List<CommandDraft>> others = new ArrayList<>(drivers);
        others.set(driver, drafts);
        return new DraftCase(machine, List.copyOf(others), faults);
    }

    private static List<List<CommandDraft>> fewer(List<CommandDraft> drafts) {
        final List<List<CommandDraft>> all = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            final List<CommandDraft> less = new ArrayList<>(drafts);
            less.remove(i);
            all.add(List.copyOf(less));
        }
        return all;
    }

    private static List<List<CommandDraft>> simpler(List<CommandDraft> drafts) {
        final List<List<CommandDraft>> all = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            if (drafts.get(i).detail() > 0) {
                final List<CommandDraft> less = new ArrayList<>(drafts);
                less.set(i, less.get(i).withoutDetail());
                all.add(List.copyOf(less));
            }
        }
        return all;
    }
}
