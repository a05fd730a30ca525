package headcache.verify.scene;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.verify.Command;
import java.util.List;

/**
 * The words that scenes are told in: machines small enough that every order of their messages can be tried, and what
 * they are told to do.
 */
public final class SceneWords {
    /** The first CPU. */
    public static final CpuId CPU0 = new CpuId(0);

    /** The second CPU. */
    public static final CpuId CPU1 = new CpuId(1);

    /** The third CPU. */
    public static final CpuId CPU2 = new CpuId(2);

    /** The task beside {@link #CPU0}. */
    public static final TaskId TASK0 = new TaskId(0);

    /** The first memory node. */
    public static final NodeId NODE0 = NodeId.of(0);

    private SceneWords() {}

    /** A machine of the kernel with its fixes; each node has {@code slab}, and no dice send a request elsewhere first. */
    public static MachineConfig machine(int cpus, int nodes, CachePolicy cache, SlabConfig slab) {
        return MachineConfig.of(Topology.even(cpus, nodes))
                .with(new CpuPolicy(cache, Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT))
                .withHeads(slab)
                .withRemoteNodeDefragRatio(0);
    }

    /** {@code machine}, but spills are not acknowledged. */
    public static MachineConfig unacknowledged(MachineConfig machine) {
        final CpuPolicy policy = machine.policy();
        return machine.with(
                new CpuPolicy(policy.cache(), policy.kernel(), false, policy.backlogLimit(), policy.middle()));
    }

    /** A cache for {@code capacity} heads that asks for {@code refill} and gives back the newest {@code spill}. */
    public static CachePolicy cache(int capacity, int refill, int spill) {
        return new CachePolicy(capacity, refill, spill, SpillEnd.NEWEST);
    }

    /** At most {@code limit} pages of {@code heads} heads, none kept when it is empty, and no reserve. */
    public static SlabConfig pages(int heads, int limit) {
        return new SlabConfig(heads, 0, limit, 0);
    }

    /** An skb on a head of the cache, into {@code slot}. */
    public static Command get(CpuId cpu, int slot) {
        return call(cpu, Op.allocate(WayIn.NAPI_BUILD_SKB, slot));
    }

    /** Skbs on heads that are got at once, into {@code slots}. */
    public static Command build(CpuId cpu, Integer... slots) {
        return call(cpu, new Op.BuildBulk(List.of(slots)));
    }

    /** The end of the skb in {@code slot}, if there is one; its head goes to the cache. */
    public static Command put(CpuId cpu, int slot) {
        return call(cpu, Op.release(WayOut.NAPI_CONSUME_SKB, slot));
    }

    /** An skb on a head of the slab, into {@code slot}. */
    public static Command alloc(TaskId task, int slot) {
        return call(task, Op.allocate(WayIn.ALLOC_SKB, slot));
    }

    /** The end of the skb in {@code slot}, if there is one; its head goes to the slab. */
    public static Command free(TaskId task, int slot) {
        return call(task, Op.release(WayOut.KFREE_SKB, slot));
    }

    /** Any call of the kernel, in a batch of its own. */
    public static Command call(ActorName at, Op op) {
        return new Command.Call(at, op, true);
    }

    /** A setting that is changed while the machine runs. */
    public static Command set(ActorName at, Message setting) {
        return new Command.Set(at, setting);
    }
}
