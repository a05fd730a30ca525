package headcache.verify.scene;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.TASK0;
import static headcache.verify.scene.SceneWords.alloc;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.call;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.protocol.ActorName;
import headcache.protocol.Held;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.verify.Command;
import java.util.List;

/** Scenes in which skbs go home to the CPU that allocated them, by defer lists of one or two. */
public final class DeferScenes {
    private static final TaskId TASK1 = new TaskId(1);

    /** All there are. */
    public static final List<Scene> ALL = List.of(
            new Scene(
                    "read-elsewhere",
                    "Two are read on another CPU while their own goes on: the second on its list raises a softirq.",
                    deferring(2),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), read(CPU1, 0), read(CPU1, 1)),
                            List.of(get(CPU0, 0), put(CPU0, 0)))),
            new Scene(
                    "list-is-full",
                    "A CPU and a task hand back at once, and the list takes one: the other is freed where it is.",
                    deferring(1),
                    List.of(
                            List.of(get(CPU0, 0), read(CPU1, 0)),
                            List.of(get(CPU0, 0), read(TASK1, 0)),
                            List.of(get(CPU0, 0), put(CPU0, 0)))),
            new Scene(
                    "list-again",
                    "The softirq that a list raised has run, and the list must raise the next one.",
                    deferring(1),
                    List.of(
                            List.of(get(CPU0, 0), read(CPU1, 0), get(CPU0, 0), read(CPU1, 0)),
                            List.of(get(CPU0, 0), call(CPU0, new Op.PollEnd()), put(CPU0, 0)))),
            new Scene(
                    "softirq-is-due",
                    "A poll's end empties a list that fills again while the softirq that it raised is still due.",
                    deferring(1),
                    List.of(
                            List.of(get(CPU0, 0), read(CPU1, 0)),
                            List.of(get(CPU0, 0), read(TASK1, 0)),
                            List.of(
                                    get(CPU0, 0),
                                    put(CPU0, 0),
                                    call(CPU0, Op.allocate(WayIn.ALLOC_SKB, 1)),
                                    call(CPU0, new Op.PollEnd())))),
            new Scene(
                    "held-on-a-list",
                    "What an skb holds must not be held for as long as it is on a list.",
                    deferring(2),
                    List.of(
                            List.of(
                                    get(CPU0, 0),
                                    call(CPU0, new Op.Attach(0, Held.DST)),
                                    call(CPU0, new Op.Attach(0, Held.CONNTRACK)),
                                    read(CPU1, 0)),
                            List.of(get(CPU1, 0), put(CPU1, 0), call(CPU0, new Op.PollEnd())))),
            new Scene(
                    "offline-with-a-list",
                    "A CPU goes offline while another hands back what it allocated.",
                    deferring(2),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), read(CPU1, 0), read(CPU1, 1)),
                            List.of(new Command.Offline(CPU0, OfflinePolicy.PARK, CPU1), new Command.Online(CPU0)))),
            new Scene(
                    "each-others-lists",
                    "Two CPUs hand back to each other, and each stands still until the other answers.",
                    deferring(2),
                    List.of(
                            List.of(get(CPU0, 0), read(CPU1, 0), get(CPU0, 0), read(CPU1, 0)),
                            List.of(get(CPU1, 0), read(CPU0, 0), get(CPU1, 0), read(TASK0, 0)))),
            new Scene(
                    "aliens-consumed",
                    "Two CPUs consume what the other allocated, and each cache may keep its own CPU's heads only.",
                    aliens(4),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0), get(CPU0, 0), put(CPU1, 0)),
                            List.of(get(CPU1, 0), put(CPU0, 0), call(CPU1, new Op.PollEnd())))),
            new Scene(
                    "aliens-refused",
                    "A list that takes one refuses another, which is put where it is: no list is its home any more.",
                    aliens(2),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU1, 0), put(CPU1, 1)),
                            List.of(get(CPU0, 0), read(TASK1, 0)))),
            new Scene(
                    "task-peeks",
                    "A task takes heads from the cache of its CPU and ends them into it, beside the softirq.",
                    aliens(4),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU0, 0), get(CPU0, 0), put(CPU0, 0)),
                            List.of(alloc(TASK0, 0), read(TASK0, 0)))),
            new Scene(
                    "task-peeks-offline",
                    "A task asks the cache of its CPU, which goes offline: the survivor has to answer.",
                    aliens(4),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU0, 0), alloc(TASK0, 0), read(TASK0, 0)),
                            List.of(
                                    new Command.Offline(CPU0, OfflinePolicy.HAND_OVER, CPU1),
                                    new Command.Online(CPU0)))));

    private DeferScenes() {}

    /** Two CPUs on v5.19, whose defer lists may hold {@code max}. */
    private static MachineConfig deferring(int max) {
        return with(Kernel.LINUX_5_19, max);
    }

    /** Two CPUs on v6.19, whose defer lists may hold one less than {@code max}. */
    private static MachineConfig aliens(int max) {
        return with(Kernel.LINUX_6_19, max);
    }

    private static MachineConfig with(Kernel kernel, int max) {
        final MachineConfig before = machine(2, 1, cache(2, 1, 1), pages(2, 2));
        return before.with(new CpuPolicy(
                before.policy().cache(),
                kernel.withDeferMax(max),
                before.policy().acknowledged(),
                before.policy().backlogLimit()));
    }

    /** The end of an skb that was read, in {@code slot}. */
    private static Command read(ActorName at, int slot) {
        return call(at, Op.release(WayOut.HAND_BACK, slot));
    }
}
