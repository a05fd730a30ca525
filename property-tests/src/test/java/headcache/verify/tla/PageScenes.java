package headcache.verify.tla;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.alloc;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.free;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.put;

import headcache.machine.MachineConfig;
import headcache.protocol.TaskId;
import headcache.slab.SlabConfig;
import headcache.verify.scene.Scene;
import java.util.List;

/**
 * Scenes in which it shows what becomes of a page: each node has one, with four heads, and keeps it when it is empty
 * only if no other page is partial. A refill takes the whole page, a spill gives half of it back.
 *
 * <p>With pages of two heads a spill brings back a whole page at most, so no order of its free list is ever seen.
 */
final class PageScenes {
    private static final TaskId TASK1 = new TaskId(1);

    /** All there are. */
    static final List<Scene> ALL = List.of(
            new Scene(
                    "task-wants-one-of-four",
                    "A refill needs the page that a task has a head of: either fails, and has nothing to free then.",
                    onePage(1),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU0, 0), put(CPU0, 1)),
                            List.of(alloc(TASK1, 0), free(TASK1, 0)))),
            new Scene(
                    "page-lent-in-part",
                    "A task has a head of one node, so a refill there needs one of the other, which may have none.",
                    onePage(2),
                    List.of(
                            List.of(get(CPU0, 0)),
                            List.of(get(CPU1, 0), put(CPU1, 0)),
                            List.of(alloc(TASK1, 0), free(TASK1, 0)))));

    private PageScenes() {}

    private static MachineConfig onePage(int nodes) {
        return machine(2, nodes, cache(4, 4, 2), new SlabConfig(4, 1, 1, 0));
    }
}
