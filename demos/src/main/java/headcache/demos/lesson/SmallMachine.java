package headcache.demos.lesson;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.skb.Kernel;

/** The machines of the lessons: real ones, with head caches small enough for a screen. */
final class SmallMachine {
    /** Linux's parameters, each divided by eight. */
    static final CachePolicy EIGHTH = new CachePolicy(8, 2, 4, SpillEnd.NEWEST);

    private SmallMachine() {}

    /** {@code cpus} CPUs spread over {@code nodes} nodes, whose slabs have plenty and look at home first. */
    static MachineConfig of(final int cpus, final int nodes, final CachePolicy cache) {
        final CpuPolicy policy = new CpuPolicy(cache, Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT);
        return MachineConfig.of(Topology.even(cpus, nodes)).with(policy).withRemoteNodeDefragRatio(0);
    }

    /** What was resolved, as every run states it. */
    static String describe(final MachineConfig config) {
        return "cpus=%d nodes=%d cache=%s remote_node_defrag_ratio=%d seed=%d"
                .formatted(
                        config.topology().cpus(),
                        config.topology().nodes(),
                        config.policy().cache(),
                        config.remoteNodeDefragRatio(),
                        config.seed());
    }
}
