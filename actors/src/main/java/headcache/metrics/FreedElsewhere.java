package headcache.metrics;

import headcache.machine.Topology;
import headcache.protocol.Head;
import java.util.OptionalDouble;

/** How many heads are freed on another CPU than they were allocated on, or on another node than their home. */
final class FreedElsewhere {
    private final int[] memoryNodes;

    /** Who took a head last: the CPU, and 1 more. */
    private final PerHead takers = new PerHead();

    private long freed;
    private long otherCpu;
    private long otherNode;

    /** Watches the CPUs of {@code machine}. */
    FreedElsewhere(Topology machine) {
        memoryNodes = machine.cpuIds().stream()
                .mapToInt(cpu -> machine.memoryNode(cpu.index()).index())
                .toArray();
    }

    /** Whether {@code head} lies in the memory of another node than {@code cpu}'s. */
    boolean isRemote(int cpu, int head) {
        return Head.node(head) != memoryNodes[cpu];
    }

    /** {@code cpu} took {@code head}. */
    void took(int cpu, int head) {
        takers.set(head, cpu + 1);
    }

    /** {@code cpu} freed {@code head}, into its cache or past it. */
    void freed(int cpu, int head) {
        freed++;
        if (takers.get(head) != cpu + 1) {
            otherCpu++;
        }
        if (isRemote(cpu, head)) {
            otherNode++;
        }
    }

    /** Of all heads freed, those that another CPU had taken. */
    OptionalDouble onOtherCpu() {
        return Ratio.of(otherCpu, freed);
    }

    /** Of all heads freed, those that were freed by a CPU of another memory node than their home. */
    OptionalDouble onOtherNode() {
        return Ratio.of(otherNode, freed);
    }
}
