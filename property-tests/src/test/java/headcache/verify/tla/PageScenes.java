package headcache.verify.tla;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.Op;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.verify.Command;
import headcache.verify.scene.Scene;
import java.util.List;

/**
 * Scenes in which it shows what becomes of a page: each node has one, with four heads, and keeps it when it is empty
 * only if no other page is partial. A refill takes the whole page, a spill gives half of it back.
 *
 * <p>With pages of two heads a spill brings back a whole page at most, so no order of its free list is ever seen.
 */
final class PageScenes {
    private static final CpuId CPU0 = new CpuId(0);
    private static final CpuId CPU1 = new CpuId(1);
    private static final TaskId TASK1 = new TaskId(1);

    /** All there are. */
    static final List<Scene> ALL = List.of(
            new Scene(
                    "task-wants-one-of-four",
                    "A refill needs the page that a task has a head of: either fails, and has nothing to free then.",
                    machine(1),
                    List.of(
                            List.of(get(CPU0, 0), get(CPU0, 1), put(CPU0, 0), put(CPU0, 1)),
                            List.of(alloc(TASK1), free(TASK1)))),
            new Scene(
                    "page-lent-in-part",
                    "A task has a head of one node, so a refill there needs one of the other, which may have none.",
                    machine(2),
                    List.of(
                            List.of(get(CPU0, 0)),
                            List.of(get(CPU1, 0), put(CPU1, 0)),
                            List.of(alloc(TASK1), free(TASK1)))));

    private PageScenes() {}

    private static MachineConfig machine(int nodes) {
        final CachePolicy cache = new CachePolicy(4, 4, 2, SpillEnd.NEWEST);
        return MachineConfig.of(Topology.even(2, nodes))
                .with(new CpuPolicy(cache, Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT))
                .withHeads(new SlabConfig(4, 1, 1, 0))
                .withRemoteNodeDefragRatio(0);
    }

    private static Command get(CpuId cpu, int slot) {
        return new Command.Call(cpu, Op.allocate(WayIn.NAPI_BUILD_SKB, slot), true);
    }

    private static Command put(CpuId cpu, int slot) {
        return new Command.Call(cpu, Op.release(WayOut.NAPI_CONSUME_SKB, slot), true);
    }

    private static Command alloc(TaskId task) {
        return new Command.Call(task, Op.allocate(WayIn.ALLOC_SKB, 0), true);
    }

    private static Command free(TaskId task) {
        return new Command.Call(task, Op.release(WayOut.KFREE_SKB, 0), true);
    }
}
