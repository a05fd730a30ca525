package headcache.machine;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which CPUs and memory nodes a machine has, and where each CPU is.
 *
 * <p>The distance of two nodes is the difference of their numbers; of two equally near ones the lower
 * comes first.
 *
 * @param nodeOfCpu the node of each CPU
 * @param hasMemory for each node whether it has memory; at least one does
 */
public record Topology(List<Integer> nodeOfCpu, List<Boolean> hasMemory) {
    /** The most CPUs a machine can have. */
    public static final int CPU_LIMIT = 4096;

    /**
     * Checks that it is a machine.
     *
     * @throws IllegalArgumentException if it has no CPU, no memory, too many of either, or a CPU on a
     *     node that it does not have
     */
    public Topology {
        nodeOfCpu = List.copyOf(nodeOfCpu);
        hasMemory = List.copyOf(hasMemory);
        checkRange("cpus", nodeOfCpu.size(), CPU_LIMIT);
        checkRange("nodes", hasMemory.size(), Head.NODE_LIMIT);
        if (!hasMemory.contains(true)) {
            throw new IllegalArgumentException("impossible machine: no node has memory: nodes=" + hasMemory.size());
        }
        for (final int node : nodeOfCpu) {
            if (node < 0 || node >= hasMemory.size()) {
                throw new IllegalArgumentException(
                        "impossible machine: a CPU on node=" + node + ", nodes=" + hasMemory.size());
            }
        }
    }

    private static void checkRange(String what, int value, int limit) {
        if (value < 1 || value > limit) {
            throw new IllegalArgumentException("impossible machine: " + what + "=" + value + " must be 1 to " + limit);
        }
    }

    /** {@code cpus} CPUs spread evenly over {@code nodes} nodes, neighbours together, all with memory. */
    public static Topology even(int cpus, int nodes) {
        checkRange("cpus", cpus, CPU_LIMIT);
        checkRange("nodes", nodes, Head.NODE_LIMIT);
        return new Topology(
                IntStream.range(0, cpus)
                        .mapToObj(cpu -> (int) ((long) cpu * nodes / cpus))
                        .toList(),
                IntStream.range(0, nodes).mapToObj(node -> true).toList());
    }

    /**
     * This machine with node {@code node} without memory.
     *
     * @throws IllegalArgumentException if there is no such node, or no memory would be left
     */
    public Topology withoutMemory(int node) {
        if (node < 0 || node >= nodes()) {
            throw new IllegalArgumentException("no such node: node=" + node + ", nodes=" + nodes());
        }
        final List<Boolean> memory = new ArrayList<>(hasMemory);
        memory.set(node, false);
        return new Topology(nodeOfCpu, memory);
    }

    /** How many CPUs it has. */
    public int cpus() {
        return nodeOfCpu.size();
    }

    /** How many nodes it has, memoryless ones included. */
    public int nodes() {
        return hasMemory.size();
    }

    /** The names of its CPUs. */
    public List<CpuId> cpuIds() {
        return IntStream.range(0, cpus()).mapToObj(CpuId::new).toList();
    }

    /** The nodes that have memory. */
    public List<NodeId> memoryNodes() {
        return IntStream.range(0, nodes())
                .filter(hasMemory::get)
                .mapToObj(NodeId::of)
                .toList();
    }

    /** {@code numa_mem_id}: the nearest node with memory to CPU {@code cpu}, most often its own. */
    public NodeId memoryNode(int cpu) {
        return nearestMemory(nodeOfCpu.get(cpu));
    }

    /** The nearest node with memory to {@code node}. */
    public NodeId nearestMemory(int node) {
        return byDistance(node).get(0);
    }

    /** For each node the other nodes with memory, nearest first: its zone list after itself. */
    public int[][] zoneLists() {
        return IntStream.range(0, nodes())
                .mapToObj(node -> byDistance(node).stream()
                        .mapToInt(NodeId::index)
                        .filter(other -> other != node)
                        .toArray())
                .toArray(int[][]::new);
    }

    private List<NodeId> byDistance(int node) {
        return memoryNodes().stream()
                .sorted(Comparator.comparingInt((NodeId other) -> Math.abs(other.index() - node))
                        .thenComparingInt(NodeId::index))
                .toList();
    }
}
