package headcache.verify.scene;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.CPU2;
import static headcache.verify.scene.SceneWords.NODE0;
import static headcache.verify.scene.SceneWords.TASK0;
import static headcache.verify.scene.SceneWords.alloc;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.call;
import static headcache.verify.scene.SceneWords.free;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;
import static headcache.verify.scene.SceneWords.set;
import static headcache.verify.scene.SceneWords.unacknowledged;

import headcache.cpu.CpuPolicy;
import headcache.protocol.CpuMessage;
import headcache.protocol.Held;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.SlabMessage;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.verify.Command;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenes that are checked: here those of v5.12, smallest first. */
public final class Scenes {
    private static final int ALWAYS = 1024;

    /** All there are. */
    public static final List<Scene> ALL = List.of(
            new Scene(
                    "one-head-short",
                    "Two CPUs want a head and there is one: who is refused must leave nothing behind.",
                    machine(2, 1, cache(2, 1, 1), pages(1, 1)),
                    List.of(List.of(get(CPU0, 0), put(CPU0, 0)), List.of(get(CPU1, 0), put(CPU1, 0)))),
            new Scene(
                    "refill-races-spill",
                    "One CPU asks for heads while another gives back the last that there are.",
                    machine(2, 1, cache(2, 2, 1), pages(2, 1)),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU1, 0), put(CPU1, 1)),
                            List.of(get(CPU0, 0), put(CPU0, 0)))),
            new Scene(
                    "offline-during-refill",
                    "A CPU is told to go offline while it waits for the slab, and hands its heads to the other.",
                    machine(2, 1, cache(2, 2, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU0, 0), get(CPU0, 1), put(CPU1, 1)),
                            List.of(
                                    new Command.Offline(CPU0, OfflinePolicy.HAND_OVER, CPU1),
                                    new Command.Online(CPU0)))),
            new Scene(
                    "lend-to-each-other",
                    "Two nodes each lack one head of two, and each asks the other for it: both may fail.",
                    machine(2, 2, cache(4, 2, 2), pages(1, 1)),
                    List.of(List.of(get(CPU0, 0), put(CPU0, 0)), List.of(get(CPU1, 0), put(CPU1, 0)))),
            new Scene(
                    "task-beside-softirq",
                    "A task takes and frees heads singly while the softirq of its CPU waits for the slab.",
                    machine(1, 1, cache(2, 1, 1), pages(2, 1)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU0, 0), get(CPU0, 0), put(CPU0, 0)),
                            List.of(alloc(TASK0, 0), free(TASK0, 0)))),
            new Scene(
                    "interrupt-while-suspended",
                    "A hard interrupt frees an skb on a CPU that waits for the slab.",
                    machine(2, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU1, 0), new Command.Interrupt(CPU0, 0)),
                            List.of(get(CPU0, 0), put(CPU0, 0)))),
            new Scene(
                    "spills-in-flight",
                    "Frees are not acknowledged: a refill may fail though the heads are on their way home.",
                    unacknowledged(machine(2, 2, cache(2, 2, 2), pages(1, 1))),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU0, 0), put(CPU0, 1), get(CPU0, 0)),
                            List.of(get(CPU1, 0), put(CPU1, 0)))),
            new Scene(
                    "ring-of-three",
                    "Three CPUs pass heads on in a ring, each giving back what its neighbour took.",
                    machine(3, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0)),
                            List.of(get(CPU1, 0), put(CPU2, 0)),
                            List.of(get(CPU2, 0), put(CPU0, 0)))),
            new Scene(
                    "two-each-way",
                    "Two CPUs pass two heads each to the other, and the slab has four in all.",
                    machine(2, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU1, 0), put(CPU1, 1)),
                            List.of(get(CPU1, 0), get(CPU1, 1), put(CPU0, 0), put(CPU0, 1)))),
            new Scene(
                    "memory-for-two-of-three",
                    "Three CPUs want two heads each and there are four: whoever comes last gets none, or one.",
                    machine(3, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU0, 0), put(CPU0, 1)),
                            List.of(get(CPU1, 0), get(CPU1, 1), put(CPU1, 0), put(CPU1, 1)),
                            List.of(get(CPU2, 0), get(CPU2, 1), put(CPU2, 0), put(CPU2, 1)))),
            new Scene(
                    "ring-of-three-with-tasks",
                    "Three CPUs pass heads on in a ring, and a task beside one of them takes what is left.",
                    machine(3, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0)),
                            List.of(get(CPU1, 0), put(CPU2, 0)),
                            List.of(get(CPU2, 0), put(CPU0, 0)),
                            List.of(alloc(TASK0, 0), alloc(TASK0, 1), free(TASK0, 0), free(TASK0, 1)))),
            new Scene(
                    "hand-over-in-a-ring",
                    "A CPU of three goes offline while the others pass heads on to it.",
                    machine(3, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0)),
                            List.of(get(CPU2, 0), put(CPU1, 0)),
                            List.of(
                                    new Command.Offline(CPU1, OfflinePolicy.HAND_OVER, CPU2),
                                    new Command.Online(CPU1)))),
            new Scene(
                    "stolen-head",
                    "GRO merges a frame and keeps its data: whatever else the frame held must be released.",
                    machine(2, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(
                                    get(CPU0, 0),
                                    call(CPU0, new Op.Attach(0, Held.DST)),
                                    call(CPU0, new Op.Attach(0, Held.CONNTRACK)),
                                    get(CPU0, 1),
                                    put(CPU0, 1),
                                    call(CPU0, Op.release(WayOut.GRO_STOLEN_HEAD, 0))),
                            List.of(get(CPU1, 0), put(CPU1, 0)))),
            new Scene(
                    "twin-in-gro",
                    "GRO merges a frame whose head is one of twins, which belong to a slab of their own.",
                    machine(2, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(
                                    get(CPU0, 0),
                                    call(CPU0, Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1)),
                                    call(CPU0, Op.release(WayOut.GRO_STOLEN_HEAD, 1)),
                                    put(CPU0, 0)),
                            List.of(get(CPU1, 0), put(CPU1, 0)))),
            new Scene(
                    "slab-refuses",
                    "Fault injection refuses one request, whichever comes next: who is refused keeps nothing.",
                    machine(2, 1, cache(3, 2, 2), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU0, 0), put(CPU1, 1)),
                            List.of(get(CPU1, 0), put(CPU0, 0)),
                            List.of(set(NODE0, new SlabMessage.Failslab(1))))),
            new Scene(
                    "page-limit-falls",
                    "Others take all memory of the node and give it back: what is out stays good and comes home.",
                    machine(2, 1, cache(2, 1, 1), pages(1, 2)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0), get(CPU0, 1), put(CPU0, 1)),
                            List.of(get(CPU1, 0), put(CPU1, 0)),
                            List.of(
                                    set(NODE0, new SlabMessage.LimitPages(0)),
                                    set(NODE0, new SlabMessage.LimitPages(2))))),
            new Scene(
                    "data-fails",
                    "The data of one skb fails, before its head or after it: the head goes to the slab, not back.",
                    machine(2, 1, cache(2, 1, 1), pages(2, 1)),
                    List.of(
                            List.of(
                                    call(CPU0, Op.allocate(WayIn.NAPI_ALLOC_SKB_KMALLOC, 0)),
                                    put(CPU0, 0),
                                    call(CPU0, Op.allocate(WayIn.NAPI_ALLOC_SKB_FRAG, 1)),
                                    put(CPU0, 1)),
                            List.of(get(CPU1, 0), put(CPU1, 0)),
                            List.of(set(CPU0, new CpuMessage.FailData(1))))),
            new Scene(
                    "dice-for-remote-pages",
                    "The dice say sometimes here, sometimes there: a head of the other node must not come home here.",
                    machine(2, 2, cache(3, 2, 2), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0)),
                            List.of(get(CPU1, 1), put(CPU0, 1)),
                            List.of(
                                    set(NODE0, new SlabMessage.PreferRemote(ALWAYS)),
                                    set(NODE0, new SlabMessage.PreferRemote(0))))),
            new Scene(
                    "offline-among-three",
                    "A CPU of three goes offline and comes back while all pass heads on in a ring.",
                    machine(3, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0), get(CPU0, 1)),
                            List.of(get(CPU1, 0), put(CPU2, 0)),
                            List.of(get(CPU2, 0), put(CPU0, 0)),
                            List.of(new Command.Offline(CPU1, OfflinePolicy.DRAIN, CPU2), new Command.Online(CPU1)))),
            new Scene(
                    "faults-among-three",
                    "Three CPUs pass heads on in a ring while the slab refuses one request and runs out of pages.",
                    machine(3, 1, cache(2, 1, 1), pages(2, 2)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0), get(CPU0, 1), put(CPU1, 1)),
                            List.of(get(CPU1, 0), put(CPU2, 0)),
                            List.of(get(CPU2, 0), put(CPU0, 0)),
                            List.of(
                                    set(NODE0, new SlabMessage.Failslab(1)),
                                    set(NODE0, new SlabMessage.LimitPages(1))))));

    private Scenes() {}

    /** The scenes of every policy, those of v5.12 first; audited ones are not among them. */
    public static List<Scene> ofEveryPolicy() {
        return Stream.of(ALL, MiddleScenes.ALL, DeferScenes.ALL, SeriesScenes.ALL, BulkScenes.ALL)
                .flatMap(List::stream)
                .toList();
    }

    /** The scene called {@code name}, whichever kind it is of. */
    public static Optional<Scene> named(String name) {
        return Stream.concat(ofEveryPolicy().stream(), AuditScenes.ALL.stream())
                .filter(scene -> scene.name().equals(name))
                .findFirst();
    }

    /** {@code scene} on a kernel without the two later fixes to this code: 28b34f01a734 and 8550ff8d8c75. */
    public static Scene unfixed(Scene scene) {
        final CpuPolicy policy = scene.machine().policy();
        return scene.on(scene.machine()
                .with(new CpuPolicy(
                        policy.cache(),
                        Kernel.LINUX_5_12_UNFIXED,
                        policy.acknowledged(),
                        policy.backlogLimit(),
                        policy.middle())));
    }
}
