package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage.BulkAlloc;
import headcache.protocol.SlabMessage.SingleAlloc;
import headcache.protocol.TaskId;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How far nodes are from one another, whom CPUs and tasks ask for heads, and which slab is reached. */
final class NodeRoutes {
    private NodeRoutes() {}

    /** The nodes with memory, from where {@code node} is outwards. */
    static List<NodeId> nearestFirst(Topology topology, int node) {
        final List<NodeId> nodes = new ArrayList<>();
        for (int distance = 0; distance < topology.nodes(); distance++) {
            for (final int other : distance == 0 ? new int[] {node} : new int[] {node - distance, node + distance}) {
                if (other >= 0
                        && other < topology.nodes()
                        && topology.hasMemory().get(other)) {
                    nodes.add(NodeId.of(other));
                }
            }
        }
        return nodes;
    }

    /** The nearest node with memory to a CPU. */
    static NodeId memoryNode(Topology topology, int cpu) {
        return nearestFirst(topology, topology.nodeOfCpu().get(cpu)).get(0);
    }

    /** Checks every request of the machine {@code topology} against the distances of its nodes. */
    static void check(Topology topology, List<List<Entry>> cpus, Function<NodeId, List<Entry>> slabs) {
        for (int cpu = 0; cpu < cpus.size(); cpu++) {
            final CpuId who = new CpuId(cpu);
            final NodeId own = memoryNode(topology, cpu);
            final List<Entry.Sent> asked = cpus.get(cpu).stream()
                    .filter(entry -> entry instanceof Entry.Sent sent && who.equals(asker(sent.message())))
                    .map(entry -> (Entry.Sent) entry)
                    .toList();
            assertThat(asked)
                    .allMatch(sent -> !isAnyNode(sent.message()) || sent.to().equals(own));
            for (final NodeId node : topology.memoryNodes()) {
                final List<Message> taken = taken(slabs.apply(node), who);
                assertThat(taken)
                        .containsExactlyElementsOf(asked.stream()
                                .filter(sent -> isServedBy(node, topology, sent))
                                .map(Entry.Sent::message)
                                .limit(taken.size()) // the last may be on its way when actors are stopped
                                .toList());
            }
        }
        for (final NodeId node : topology.memoryNodes()) {
            for (int task = 0; task < cpus.size(); task++) {
                final NodeId own = memoryNode(topology, task);
                assertThat(taken(slabs.apply(node), new TaskId(task)))
                        .allMatch(request -> !isAnyNode(request) || own.equals(node));
            }
        }
    }

    private static boolean isServedBy(NodeId node, Topology topology, Entry.Sent request) {
        return request.to() instanceof NodeId to
                && nearestFirst(topology, to.index()).get(0).equals(node);
    }

    /** What {@code who} asked a slab, in the order in which it arrived. */
    private static List<Message> taken(List<Entry> slab, ActorName who) {
        return slab.stream()
                .filter(entry -> entry instanceof Entry.Took took && who.equals(asker(took.message())))
                .map(entry -> ((Entry.Took) entry).message())
                .toList();
    }

    private static @Nullable ActorName asker(Message message) {
        if (message instanceof SingleAlloc single) {
            return single.from();
        }
        return message instanceof BulkAlloc bulk ? bulk.from() : null;
    }

    private static boolean isAnyNode(Message request) {
        return !(request instanceof SingleAlloc single) || single.anyNode();
    }
}
