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
import headcache.middle.Magazines;
import headcache.middle.Middle;
import headcache.middle.Sheaves;
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
                            List.of(get(CPU0, 0), put(CPU1, 0), get(CPU0, 1)))));

    private MiddleScenes() {}

    /** Two CPUs with {@code middle}, and {@code pages} pages of two heads on each node. */
    private static MachineConfig between(int nodes, int pages, Middle middle) {
        return machine(2, nodes, cache(1, 1, 1), pages(2, pages)).with(CpuPolicy.of(middle));
    }
}
