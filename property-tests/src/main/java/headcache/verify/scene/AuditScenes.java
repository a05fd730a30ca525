package headcache.verify.scene;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.CPU2;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;

import headcache.machine.MachineConfig;
import headcache.protocol.OfflinePolicy;
import headcache.verify.Command;
import java.util.List;

/** Scenes through which an audit takes a cut, while heads are on their way. */
public final class AuditScenes {
    /** All there are. */
    public static final List<Scene> ALL = List.of(
            scene(
                    "audit-amid-refill-and-spill",
                    "A cut is taken while one CPU waits for a second head with the first in hand, and another spills.",
                    machine(2, 1, cache(1, 1, 1), pages(2, 1)),
                    get(CPU0, 0),
                    and(get(CPU0, 1)),
                    put(CPU1, 0)),
            scene(
                    "audit-amid-backlog",
                    "A cut is taken while a head waits in the backlog of a CPU that waits for the slab.",
                    machine(1, 1, cache(2, 1, 1), pages(2, 1)),
                    get(CPU0, 0),
                    get(CPU0, 1),
                    put(CPU0, 0),
                    put(CPU0, 1)),
            scene(
                    "audit-amid-lending",
                    "A cut is taken while one node passes a request on to another with what it has collected.",
                    machine(2, 2, cache(4, 2, 2), pages(1, 1)),
                    get(CPU0, 0),
                    put(CPU0, 0)),
            scene(
                    "audit-amid-hand-over",
                    "A cut is taken while a CPU goes offline and its parked heads are on their way to another.",
                    machine(2, 1, cache(4, 2, 2), pages(2, 1)),
                    get(CPU0, 0),
                    put(CPU0, 0),
                    new Command.Offline(CPU0, OfflinePolicy.HAND_OVER, CPU1)),
            scene(
                    "audit-amid-ring",
                    "A cut is taken while a head goes from one CPU to another, and a third takes one.",
                    machine(3, 1, cache(1, 1, 1), pages(2, 1)),
                    get(CPU0, 0),
                    put(CPU1, 0),
                    get(CPU2, 0),
                    put(CPU2, 0)),
            scene(
                    "audit-amid-hand-over-of-three",
                    "A cut is taken while parked heads go from one CPU of three to another, and the third is given"
                            + " one.",
                    machine(3, 1, cache(4, 2, 2), pages(2, 1)),
                    get(CPU0, 0),
                    new Command.Offline(CPU0, OfflinePolicy.HAND_OVER, CPU1),
                    put(CPU2, 0)),
            scene(
                    "audit-amid-lending-of-three",
                    "A cut is taken while a node lends to another whose CPUs both want heads.",
                    machine(3, 2, cache(4, 2, 2), pages(1, 1)),
                    get(CPU0, 0),
                    put(CPU2, 0)));

    private AuditScenes() {}

    /** {@code command} in one batch with the one before it. */
    private static Command and(Command command) {
        return command instanceof Command.Call call ? new Command.Call(call.at(), call.op(), false) : command;
    }

    private static Scene scene(String name, String danger, MachineConfig machine, Command... script) {
        return new Scene(name, danger, machine, List.of(List.of(script)), Scene.Audited.READ);
    }
}
