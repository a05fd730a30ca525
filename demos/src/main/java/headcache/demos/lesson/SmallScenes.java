package headcache.demos.lesson;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.verify.Command;

/** What scenes of the lessons are made of: machines small enough that every order of their messages can be tried. */
final class SmallScenes {
    /** Refills and spills move all that a cache has room for. */
    static final CachePolicy TWO = new CachePolicy(2, 2, 2, SpillEnd.NEWEST);

    static final CpuId CPU_0 = new CpuId(0);
    static final CpuId CPU_1 = new CpuId(1);

    private SmallScenes() {}

    /** Two CPUs on one node with {@code pages} pages of two heads; {@code acknowledged} says whether frees are. */
    static MachineConfig twoCpus(final int pages, final boolean acknowledged) {
        return MachineConfig.of(Topology.even(2, 1))
                .with(new CpuPolicy(TWO, Kernel.LINUX_5_12, acknowledged, CpuPolicy.BACKLOG_LIMIT))
                .withHeads(new SlabConfig(2, 0, pages, 0))
                .withRemoteNodeDefragRatio(0);
    }

    static Command get(final CpuId cpu, final int slot) {
        return new Command.Call(cpu, Op.allocate(WayIn.NAPI_BUILD_SKB, slot), true);
    }

    static Command put(final CpuId cpu, final int slot) {
        return new Command.Call(cpu, Op.release(WayOut.NAPI_CONSUME_SKB, slot), true);
    }
}
