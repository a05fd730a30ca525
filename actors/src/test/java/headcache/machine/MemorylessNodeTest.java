package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.machine.RunningMachine.Threads;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.step.Tap;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** CPU 0 is on node 0, which has no memory: its memory node is 1, and node 2 has memory too. */
class MemorylessNodeTest {
    private static final CpuId CPU = new CpuId(0);
    private static final Topology MACHINE = new Topology(List.of(0), List.of(false, true, true));

    private static Op allocate(int node) {
        return new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 0, AllocFlag.NAPI.bit(), node, false);
    }

    private static int homeOf(RunningMachine machine, Op op) {
        machine.send(CPU, new CpuMessage.Batch(machine.console(), new Op[] {op}, new @Nullable Skb[1]));
        final BatchDone done = (BatchDone) machine.receive();
        return Head.node(Objects.requireNonNull(done.slots()[0]).head());
    }

    @Test
    void shouldServeAnyNodeAndTheMemoryNodeFromTheCacheAndTheMemorylessNodePastIt() {
        try (RunningMachine machine = RunningMachine.boot(
                MachineConfig.of(MACHINE).plan(Tap.NONE), Threads.DETERMINISTIC, Duration.ofSeconds(20))) {
            assertThat(homeOf(machine, allocate(Op.ANY_NODE))).isEqualTo(1);
            assertThat(homeOf(machine, allocate(1))).isEqualTo(1);
            assertThat(homeOf(machine, allocate(0))).isEqualTo(1); // the slab of the nearest node with memory
            assertThat(homeOf(machine, allocate(2))).isEqualTo(2);

            final CpuReport report = machine.snapshot().cpu(CPU);
            assertThat(report.gets()).isEqualTo(2);
            assertThat(report.refills()).isEqualTo(1);
            assertThat(report.singleAllocs()).isEqualTo(2);
            assertThat(report.remoteGets()).isZero();
        }
    }

    @Test
    void shouldHaveNoSlab() {
        try (RunningMachine machine = RunningMachine.boot(
                MachineConfig.of(MACHINE).plan(Tap.NONE), Threads.DETERMINISTIC, Duration.ofSeconds(20))) {
            final MachineReply.Snapshot snapshot = machine.snapshot();

            assertThat(snapshot.reports().keySet())
                    .extracting(Object::toString)
                    .containsExactly("cpu-0", "node-1", "node-2", "task-0");
            assertThatThrownBy(() -> snapshot.node(NodeId.of(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not a part of this machine: node-0");
        }
    }
}
