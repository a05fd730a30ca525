package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.audit.Audit;
import headcache.machine.Channels.Use;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which channels are declared, and that nothing travels on any other. */
final class ChannelsTest {
    private static final CpuId CPU = new CpuId(0);
    private static final DriverId DRIVER = new DriverId(0);
    private static final NodeId NODE = NodeId.of(0);

    private static final Out NOWHERE = new Out() {
        @Override
        public void send(ActorName to, Message message) {}

        @Override
        public void event(EventKind kind, int head, int detail) {}
    };

    private static MachinePlan plan() {
        return MachineConfig.of(Topology.even(2, 2).withoutMemory(1)).plan(Tap.NONE);
    }

    @Test
    void batchesNeedNoMoreThanDriversCpusAndSlabs() {
        final Channels channels = Channels.of(plan(), 1, Set.of());
        assertThat(channels.actors()).containsExactly(CPU, new CpuId(1), NODE, DRIVER);
        assertThat(channels.receiversOf(CPU)).containsExactlyInAnyOrder(DRIVER, NODE);
        assertThat(channels.sendersTo(NODE)).containsExactly(CPU, new CpuId(1));
        assertThat(channels.count()).isEqualTo(8);
    }

    @Test
    void eachUseAddsItsChannels() {
        assertThat(Channels.of(plan(), 1, Set.of(Use.TASKS)).count()).isEqualTo(8 + 8);
        assertThat(Channels.of(plan(), 1, Set.of(Use.HOTPLUG)).count()).isEqualTo(8 + 2);
        assertThat(Channels.of(plan(), 1, Set.of(Use.DEFERS)).count()).isEqualTo(8 + 2);
        assertThat(Channels.of(plan(), 1, Set.of(Use.TASKS, Use.DEFERS)).count())
                .isEqualTo(8 + 8 + 2 + 8);
        assertThat(Channels.of(plan(), 1, Use.ALL).count()).isEqualTo(8 + 8 + 2 + 4 + 4);
    }

    @Test
    void nodeWithoutMemoryIsServedByItsNearest() {
        assertThat(Channels.of(plan(), 1, Use.ALL).receiver(NodeId.of(1))).isEqualTo(NODE);
        assertThat(Channels.of(plan(), 1, Use.ALL).receiver(CPU)).isEqualTo(CPU);
    }

    @Test
    void keepsThoseThatAreAskedFor() {
        final Channels kept = Channels.of(plan(), 1, Use.ALL).keeping((from, to) -> !(to instanceof TaskId));
        assertThat(kept.sendersTo(new TaskId(0))).isEmpty();
        assertThat(kept.receiversOf(new TaskId(0))).containsExactlyInAnyOrder(NODE, DRIVER, CPU, new CpuId(1));
    }

    @Test
    void messageOnAnotherChannelIsAnError() {
        final Channels channels =
                Channels.of(plan(), 1, Set.of()).keeping((from, to) -> !(from.equals(CPU) && to.equals(NODE)));
        final Step<CpuMessage> cpu =
                new Audit(channels, new DriverId(1)).audited(plan()).cpus().get(0);
        final Op[] ops = {Op.allocate(WayIn.NAPI_BUILD_SKB, 0)};
        assertThatThrownBy(() -> cpu.on(new CpuMessage.Batch(DRIVER, ops, new Skb[1]), NOWHERE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no such channel is declared: from=cpu-0, to=node-0, message=BulkAlloc");
    }

    @Test
    void headFromOutsideIsAnError() {
        final Audit audit = new Audit(Channels.of(plan(), 1, Set.of()), new DriverId(1));
        final Step<CpuMessage> cpu = audit.audited(plan()).cpus().get(0);
        assertThatThrownBy(() -> cpu.on(new CpuMessage.HardInterrupt(Skb.fresh(7, 0)), NOWHERE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("heads on a channel that is not declared: at=cpu-0, from outside, heads=1 of"
                        + " node-0, message=HardInterrupt");
    }

    @Test
    void auditMustReachEveryActor() {
        final Channels cut = Channels.of(plan(), 1, Set.of()).keeping((from, to) -> !from.equals(DRIVER));
        final Audit audit = new Audit(cut, new DriverId(1));
        assertThatThrownBy(audit::step)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("impossible audit: no channels lead from driver-0 to cpu-0");
    }
}
