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
import java.util.List;

/** Scenes in which CPUs have magazines of one round, and a depot lies between them and the slab. */
final class MagazineScenes {
    /** All there are. */
    static final List<Scene> ALL = List.of(
            new Scene(
                    "magazines-one-way",
                    "One CPU takes and another gives back: what is given may be in a magazine when the other asks.",
                    magazines(0),
                    List.of(List.of(get(CPU0, 0), get(CPU0, 1), put(CPU1, 0), put(CPU1, 1)), List.of(get(CPU1, 0)))),
            new Scene(
                    "magazines-reaped",
                    "A depot gives back what it did not need while a CPU asks it for a magazine.",
                    magazines(1),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), get(CPU0, 2), put(CPU1, 0), put(CPU1, 1), put(CPU1, 2)),
                            List.of(get(CPU1, 0), put(CPU0, 0)))));

    private MagazineScenes() {}

    private static MachineConfig magazines(int interval) {
        return machine(2, 1, cache(2, 1, 1), pages(2, 2)).with(CpuPolicy.of(new Magazines(1, interval)));
    }
}
