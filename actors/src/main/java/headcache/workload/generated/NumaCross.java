package headcache.workload.generated;

import headcache.machine.Topology;
import headcache.workload.IntQueue;
import headcache.workload.OpStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Forwarding between nodes: what a CPU takes is consumed by a CPU of the next node, in both directions, so caches
 * fill with heads whose home is elsewhere. One skb in ten is asked for by node, half of these of the other node,
 * which no cache may serve.
 */
final class NumaCross extends Traffic {
    private static final int BY_NODE = 100;
    private static final int OTHER_NODE = 500;

    /** Of each CPU: the CPU of another node that consumes what it takes. */
    private final int[] peer;

    /** Of each CPU: the kind of operation that asks for its own node. */
    private final int[] onNode;

    private final IntQueue[] sent;

    NumaCross(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        final Topology topology = options.topology();
        peer = new int[cpus];
        onNode = new int[cpus];
        final List<List<Integer>> neighbours = neighbours(topology);
        for (int group = 0; group < neighbours.size(); group++) {
            final List<Integer> here = neighbours.get(group);
            final List<Integer> there = neighbours.get((group + 1) % neighbours.size());
            for (int i = 0; i < here.size(); i++) {
                peer[here.get(i)] = there.get(i % there.size());
                onNode[here.get(i)] = kinds.onNode(topology.nodeOfCpu().get(here.get(i)));
            }
        }
        sent = IntQueue.make(cpus, BUDGET);
    }

    private NumaCross(NumaCross other) {
        super(other);
        peer = other.peer;
        onNode = other.onNode;
        sent = IntQueue.copy(other.sent);
    }

    /** The CPUs of each node that has any. */
    private static List<List<Integer>> neighbours(Topology topology) {
        final TreeMap<Integer, List<Integer>> byNode = new TreeMap<>();
        for (int cpu = 0; cpu < topology.cpus(); cpu++) {
            byNode.computeIfAbsent(topology.nodeOfCpu().get(cpu), node -> new ArrayList<>())
                    .add(cpu);
        }
        return List.copyOf(byNode.values());
    }

    @Override
    void round() {
        final int cpu = dice.roll(cpus);
        final int to = peer[cpu];
        if (sent[to].size() > RING - BUDGET) {
            completeOnly(sent[to], to);
        }
        complete(sent[cpu], cpu);
        final int frames = dice.between(1, BUDGET);
        for (int frame = 0; frame < frames && mayBegin(); frame++) {
            final int skb = begin(kind(cpu, to), cpu);
            on(skb, kinds.route, cpu);
            sent[to].add(skb);
        }
        pollEnds(cpu);
    }

    private int kind(int cpu, int to) {
        if (!dice.says(BY_NODE)) {
            return kinds.build;
        }
        return dice.says(OTHER_NODE) ? onNode[to] : onNode[cpu];
    }

    @Override
    void finish(int cpu) {
        completeOnly(sent[cpu], cpu);
    }

    @Override
    public OpStream copy() {
        return new NumaCross(this);
    }
}
