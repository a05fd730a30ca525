package headcache.verify.scene;

import headcache.machine.MachineConfig;
import headcache.protocol.CpuId;
import headcache.protocol.OfflinePolicy;
import headcache.verify.Command;
import java.util.List;

/** Scenes through which an audit takes a cut, while heads are on their way. */
public final class AuditScenes {
    private static final CpuId CPU0 = new CpuId(0);
    private static final CpuId CPU1 = new CpuId(1);
    private static final CpuId CPU2 = new CpuId(2);

    /** All there are. */
    public static final List<Scene> ALL = List.of(
            scene(
                    "audit-amid-refill-and-spill",
                    "A cut is taken while one CPU waits for a second head with the first in hand, and another spills.",
                    Scenes.machine(2, 1, Scenes.cache(1, 1, 1), Scenes.pages(2, 1)),
                    Scenes.get(CPU0, 0),
                    and(Scenes.get(CPU0, 1)),
                    Scenes.put(CPU1, 0)),
            scene(
                    "audit-amid-backlog",
                    "A cut is taken while a head waits in the backlog of a CPU that waits for the slab.",
                    Scenes.machine(1, 1, Scenes.cache(2, 1, 1), Scenes.pages(2, 1)),
                    Scenes.get(CPU0, 0),
                    Scenes.get(CPU0, 1),
                    Scenes.put(CPU0, 0),
                    Scenes.put(CPU0, 1)),
            scene(
                    "audit-amid-lending",
                    "A cut is taken while one node passes a request on to another with what it has collected.",
                    Scenes.machine(2, 2, Scenes.cache(4, 2, 2), Scenes.pages(1, 1)),
                    Scenes.get(CPU0, 0),
                    Scenes.put(CPU0, 0)),
            scene(
                    "audit-amid-hand-over",
                    "A cut is taken while a CPU goes offline and its parked heads are on their way to another.",
                    Scenes.machine(2, 1, Scenes.cache(4, 2, 2), Scenes.pages(2, 1)),
                    Scenes.get(CPU0, 0),
                    Scenes.put(CPU0, 0),
                    new Command.Offline(CPU0, OfflinePolicy.HAND_OVER, CPU1)),
            scene(
                    "audit-amid-ring",
                    "A cut is taken while a head goes from one CPU to another, and a third takes one.",
                    Scenes.machine(3, 1, Scenes.cache(1, 1, 1), Scenes.pages(2, 1)),
                    Scenes.get(CPU0, 0),
                    Scenes.put(CPU1, 0),
                    Scenes.get(CPU2, 0),
                    Scenes.put(CPU2, 0)),
            scene(
                    "audit-amid-hand-over-of-three",
                    "A cut is taken while parked heads go from one CPU of three to another, and the third is given one.",
                    Scenes.machine(3, 1, Scenes.cache(4, 2, 2), Scenes.pages(2, 1)),
                    Scenes.get(CPU0, 0),
                    new Command.Offline(CPU0, OfflinePolicy.HAND_OVER, CPU1),
                    Scenes.put(CPU2, 0)),
            scene(
                    "audit-amid-lending-of-three",
                    "A cut is taken while a node lends to another whose CPUs both want heads.",
                    Scenes.machine(3, 2, Scenes.cache(4, 2, 2), Scenes.pages(1, 1)),
                    Scenes.get(CPU0, 0),
                    Scenes.put(CPU2, 0)));

    private AuditScenes() {}

    /** {@code command} in one batch with the one before it. */
    private static Command and(Command command) {
        return command instanceof Command.Call call ? new Command.Call(call.at(), call.op(), false) : command;
    }

    private static Scene scene(String name, String danger, MachineConfig machine, Command... script) {
        return new Scene(name, danger, machine, List.of(List.of(script)), Scene.Audited.READ);
    }
}
