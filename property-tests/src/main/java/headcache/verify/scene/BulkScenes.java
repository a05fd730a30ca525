package headcache.verify.scene;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.TASK0;
import static headcache.verify.scene.SceneWords.alloc;
import static headcache.verify.scene.SceneWords.build;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.free;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.protocol.OfflinePolicy;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.verify.Command;
import java.util.List;

/** Scenes in which heads are got at once, by a cache that is too small for them, from a slab that may have too few. */
public final class BulkScenes {
    /** All there are. */
    public static final List<Scene> ALL = List.of(
            new Scene(
                    "bulk-get-shortfall",
                    "Two CPUs get three at once: two by a refill, one past the cache; the slab has one too few.",
                    taking(2, pages(1, 5)),
                    List.of(List.of(build(CPU0, 0, 1, 2), put(CPU0, 0)), List.of(build(CPU1, 0, 1, 2), put(CPU1, 2)))),
            new Scene(
                    "bulk-get-part",
                    "A CPU that has one head gets three at once while a task takes and gives back what is missing.",
                    taking(1, pages(1, 3)),
                    List.of(
                            List.of(get(CPU0, 0), put(CPU0, 0), build(CPU0, 0, 1, 2)),
                            List.of(alloc(TASK0, 0), free(TASK0, 0)))),
            new Scene(
                    "bulk-get-offline",
                    "A CPU is told to go offline while it waits for the heads that it gets at once.",
                    taking(2, pages(2, 2)),
                    List.of(
                            List.of(build(CPU0, 0, 1, 2), put(CPU0, 1)),
                            List.of(new Command.Offline(CPU0, OfflinePolicy.DRAIN, CPU1), new Command.Online(CPU0)))));

    private BulkScenes() {}

    /** CPUs on v6.19 with caches for three heads that ask for two. */
    private static MachineConfig taking(int cpus, SlabConfig slab) {
        final MachineConfig before = machine(cpus, 1, cache(3, 2, 2), slab);
        return before.with(new CpuPolicy(
                before.policy().cache(),
                Kernel.LINUX_6_19,
                before.policy().acknowledged(),
                before.policy().backlogLimit()));
    }
}
