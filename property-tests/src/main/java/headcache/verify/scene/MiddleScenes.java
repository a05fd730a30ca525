package headcache.verify.scene;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.middle.Batches;
import headcache.middle.Magazines;
import headcache.middle.Middle;
import headcache.middle.Sheaves;
import headcache.protocol.OfflinePolicy;
import headcache.verify.Command;
import java.util.List;

/** Scenes in which something lies between the caches of CPUs and the slabs, as small as it can be. */
public final class MiddleScenes {
    /** All there are. */
    public static final List<Scene> ALL = List.of(
            new Scene(
                    "magazines-one-way",
                    "One CPU takes and another gives back: what is given may be in a magazine when the other asks.",
                    between(1, 2, new Magazines(1, 0)),
                    List.of(List.of(get(CPU0, 0), get(CPU0, 1), put(CPU1, 0), put(CPU1, 1)), List.of(get(CPU1, 0)))),
            new Scene(
                    "magazines-reaped",
                    "A depot gives back what it did not need while a CPU asks it for a magazine.",
                    between(1, 2, new Magazines(1, 1)),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), get(CPU0, 2), put(CPU1, 0), put(CPU1, 1), put(CPU1, 2)),
                            List.of(get(CPU1, 0), put(CPU0, 0)))),
            new Scene(
                    "sheaves-barn-full",
                    "A CPU brings two full sheaves to a barn that has room for one, while another asks for one.",
                    between(1, 3, new Sheaves(1, 1, 1)),
                    List.of(
                            List.of(
                                    get(CPU0, 0),
                                    get(CPU0, 1),
                                    get(CPU0, 2),
                                    get(CPU0, 3),
                                    put(CPU0, 0),
                                    put(CPU0, 1),
                                    put(CPU0, 2),
                                    put(CPU0, 3)),
                            List.of(get(CPU1, 0)))),
            new Scene(
                    "sheaves-two-nodes",
                    "A head of one node ends on the other: it goes home by itself, while its node hands it out again.",
                    between(2, 3, new Sheaves(1, 1, 1)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0), get(CPU1, 1)),
                            List.of(get(CPU0, 0), put(CPU1, 0), get(CPU0, 1)))),
            new Scene(
                    "batches-one-way",
                    "Heads come back to the CPU that owns them while it asks the slab, which has none left.",
                    between(1, 1, new Batches(cache(2, 1, 1), 1, 1)),
                    List.of(List.of(get(CPU0, 0), get(CPU0, 1), put(CPU1, 0), put(CPU1, 1)), List.of(get(CPU0, 0)))),
            new Scene(
                    "batches-cross",
                    "Each of two CPUs frees what the other owns, and both post at once.",
                    between(1, 2, new Batches(cache(2, 1, 1), 1, 1)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU1, 0), get(CPU0, 1)),
                            List.of(get(CPU1, 0), put(CPU0, 0), get(CPU1, 1)))),
            new Scene(
                    "batches-owner-offline",
                    "Heads are given back to a CPU that goes offline, and comes back.",
                    between(1, 2, new Batches(cache(2, 1, 1), 1, 1)),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU1, 0), put(CPU1, 1)),
                            List.of(new Command.Offline(CPU0, OfflinePolicy.DRAIN, CPU1), new Command.Online(CPU0)))));

    private MiddleScenes() {}

    /** Two CPUs with {@code middle}, and {@code pages} pages of two heads on each node. */
    private static MachineConfig between(int nodes, int pages, Middle middle) {
        return machine(2, nodes, cache(1, 1, 1), pages(2, pages)).with(CpuPolicy.of(middle));
    }
}
