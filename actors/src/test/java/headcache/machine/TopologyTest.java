package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {

    @Test
    void shouldSpreadCpusEvenlyNeighboursTogether() {
        assertThat(Topology.even(5, 2).nodeOfCpu()).containsExactly(0, 0, 0, 1, 1);
        assertThat(Topology.even(4, 4).nodeOfCpu()).containsExactly(0, 1, 2, 3);
        assertThat(Topology.even(2, 4).nodeOfCpu()).containsExactly(0, 2);
        assertThat(Topology.even(4096, 256).nodeOfCpu()).endsWith(255).hasSize(4096);
    }

    @Test
    void shouldTakeTheNearestNodeWithMemoryTheLowerOfTwo() {
        final Topology machine =
                Topology.even(5, 5).withoutMemory(1).withoutMemory(3).withoutMemory(4);

        assertThat(List.of(0, 1, 2, 3, 4))
                .extracting(cpu -> machine.memoryNode(cpu).index())
                .containsExactly(0, 0, 2, 2, 2);
        assertThat(machine.memoryNodes()).containsExactly(NodeId.of(0), NodeId.of(2));
        assertThat(MachineConfig.slabOfNode(machine)).containsExactly(0, 0, 2, 2, 2);
    }

    @Test
    void shouldListTheOtherNodesWithMemoryNearestFirst() {
        assertThat(Topology.even(4, 4).zoneLists())
                .isDeepEqualTo(new int[][] {{1, 2, 3}, {0, 2, 3}, {1, 3, 0}, {2, 1, 0}});
        assertThat(Topology.even(4, 4).withoutMemory(1).zoneLists())
                .isDeepEqualTo(new int[][] {{2, 3}, {0, 2, 3}, {3, 0}, {2, 0}});
    }

    @Test
    void shouldRefuseWhatIsNoMachine() {
        assertRefused(() -> Topology.even(0, 1), "impossible machine: cpus=0 must be 1 to 4096");
        assertRefused(() -> Topology.even(4097, 1), "impossible machine: cpus=4097 must be 1 to 4096");
        assertRefused(() -> Topology.even(1, 0), "impossible machine: nodes=0 must be 1 to 256");
        assertRefused(() -> Topology.even(1, 257), "impossible machine: nodes=257 must be 1 to 256");
        assertRefused(() -> Topology.even(1, 1).withoutMemory(0), "impossible machine: no node has memory: nodes=1");
        assertRefused(
                () -> new Topology(List.of(0, 2), List.of(true, true)), "impossible machine: a CPU on node=2, nodes=2");
        assertRefused(() -> new Topology(List.of(-1), List.of(true)), "impossible machine: a CPU on node=-1, nodes=1");
        assertRefused(() -> Topology.even(1, 1).withoutMemory(1), "no such node: node=1, nodes=1");
    }

    private static void assertRefused(Runnable made, String message) {
        assertThatThrownBy(made::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
