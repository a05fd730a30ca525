package headcache.machine;

import headcache.cpu.CpuPolicy;
import headcache.memory.NodeConfig;
import headcache.nic.NicStep;
import headcache.nic.Queue;
import headcache.slab.SlabConfig;
import headcache.step.Tap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A machine as people describe it. Each CPU has one task pinned to it, of the same number.
 *
 * @param topology its CPUs and nodes
 * @param policy how its CPUs treat heads
 * @param heads the slab of plain heads on each node with memory
 * @param pairs the slab of fclone pairs on each node with memory
 * @param remoteNodeDefragRatio how readily a slab looks at other nodes' partial pages, 0 (never) to 1024
 * @param seed seed of the slabs' dice
 * @param nics the queues of each NIC
 * @param ring frames that a receive ring holds
 */
public record MachineConfig(
        Topology topology,
        CpuPolicy policy,
        SlabConfig heads,
        SlabConfig pairs,
        int remoteNodeDefragRatio,
        long seed,
        List<List<Queue>> nics,
        int ring) {

    /** The machine {@code topology} with a v5.12 kernel, as much memory as can be named, and no NIC. */
    public static MachineConfig of(Topology topology) {
        return new MachineConfig(
                topology,
                CpuPolicy.LINUX_5_12,
                SlabConfig.LARGEST,
                SlabConfig.LARGEST,
                NodeConfig.DEFAULT_RATIO,
                1,
                List.of(),
                NicStep.RING);
    }

    /** This machine with another policy. */
    public MachineConfig with(CpuPolicy other) {
        return new MachineConfig(topology, other, heads, pairs, remoteNodeDefragRatio, seed, nics, ring);
    }

    /** This machine with another slab of plain heads on each node. */
    public MachineConfig withHeads(SlabConfig other) {
        return new MachineConfig(topology, policy, other, pairs, remoteNodeDefragRatio, seed, nics, ring);
    }

    /** This machine with NICs that have these queues. */
    public MachineConfig withNics(List<List<Queue>> others) {
        return new MachineConfig(topology, policy, heads, pairs, remoteNodeDefragRatio, seed, others, ring);
    }

    /** This machine with other dice. */
    public MachineConfig withSeed(long other) {
        return new MachineConfig(topology, policy, heads, pairs, remoteNodeDefragRatio, other, nics, ring);
    }

    /** This machine with another readiness to look at other nodes' partial pages. */
    public MachineConfig withRemoteNodeDefragRatio(int other) {
        return new MachineConfig(topology, policy, heads, pairs, other, seed, nics, ring);
    }

    /** The steps that make this machine, watched by {@code tap}, without drivers. */
    public MachinePlan plan(Tap tap) {
        return new Blueprint(this).plan(tap);
    }

    /** For each node of {@code topology}, whose slab serves what is asked of it. */
    public static List<Integer> slabOfNode(Topology topology) {
        return IntStream.range(0, topology.nodes())
                .mapToObj(node -> topology.nearestMemory(node).index())
                .toList();
    }
}
