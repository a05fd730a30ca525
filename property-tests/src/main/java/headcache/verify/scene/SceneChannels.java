package headcache.verify.scene;

import headcache.cpu.CpuPolicy;
import headcache.machine.Channels;
import headcache.machine.Channels.Use;
import headcache.machine.MachinePlan;
import headcache.middle.Batches;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.TaskId;
import headcache.skb.CodePath;
import headcache.verify.Command;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The channels of an audited scene: those of its machine that its scripts can make anybody use. With fewer channels there
 * are fewer orders of markers to be tried.
 */
final class SceneChannels {
    private final List<Command> commands;

    /** Whether CPUs give heads back to one another. */
    private final boolean givesBack;

    private final Set<ActorName> spokenTo = new HashSet<>();
    private final boolean defers;

    private SceneChannels(List<Command> commands, CpuPolicy policy) {
        this.commands = commands;
        this.givesBack = policy.middle() instanceof Batches;
        this.defers = policy.kernel().takes(CodePath.DEFER_TO_OWNER);
        for (final Command command : commands) {
            spokenTo.add(command.at());
            if (defers && command.at() instanceof TaskId task) {
                spokenTo.add(new CpuId(task.index()));
            }
            if (command instanceof Command.Offline off) {
                spokenTo.add(off.survivor());
            }
        }
    }

    static Channels of(Scene scene, MachinePlan plan) {
        final List<Command> commands =
                scene.scripts().stream().flatMap(List::stream).toList();
        final SceneChannels used = new SceneChannels(commands, scene.machine().policy());
        return Channels.of(plan, scene.scripts().size(), used.uses()).keeping(used::isUsed);
    }

    private Set<Use> uses() {
        final Set<Use> uses = givesBack ? EnumSet.of(Use.RETURNS) : EnumSet.noneOf(Use.class);
        for (final Command command : commands) {
            if (command instanceof Command.Poll || command instanceof Command.Receive) {
                uses.addAll(Use.ALL);
            } else if (command.at() instanceof TaskId) {
                uses.add(Use.TASKS);
            } else if (command instanceof Command.Offline) {
                uses.add(Use.HOTPLUG);
            }
        }
        if (defers) {
            uses.add(Use.DEFERS);
        } else {
            uses.remove(Use.DEFERS);
        }
        return uses;
    }

    /**
     * A CPU or task to which nobody speaks does nothing, and a CPU speaks to the survivors that it is given, or to all where
     * skbs are handed back.
     */
    private boolean isUsed(ActorName from, ActorName to) {
        return isAwake(from)
                && isAwake(to)
                && !(from instanceof CpuId && to instanceof CpuId && !defers && !givesBack && !isSurvivor(from, to));
    }

    private boolean isAwake(ActorName actor) {
        return spokenTo.contains(actor) || !(actor instanceof CpuId || actor instanceof TaskId);
    }

    private boolean isSurvivor(ActorName from, ActorName to) {
        return commands.stream()
                .anyMatch(command -> command instanceof Command.Offline off
                        && off.at().equals(from)
                        && off.survivor().equals(to));
    }
}
