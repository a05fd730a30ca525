package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.machine.RunningMachine.MachineFailure;
import headcache.machine.RunningMachine.Threads;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.NodeId;
import headcache.protocol.NodeReport;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.Tap;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RunningMachineTest {
    private static final CpuId CPU = new CpuId(0);
    private static final Op GET = Op.allocate(WayIn.NAPI_BUILD_SKB, 0);
    private static final Op CONSUME = Op.release(WayOut.NAPI_CONSUME_SKB, 0);

    private static RunningMachine boot(int cpus, int nodes) {
        return RunningMachine.boot(
                MachineConfig.of(Topology.even(cpus, nodes)).plan(Tap.NONE),
                Threads.DETERMINISTIC,
                Duration.ofSeconds(20));
    }

    private static BatchDone run(RunningMachine machine, CpuId cpu, Skb[] slots, Op... ops) {
        machine.send(cpu, new CpuMessage.Batch(machine.console(), ops, slots));
        return (BatchDone) machine.receive();
    }

    @Test
    void shouldRecycleAHeadAndBringAllHome() {
        try (RunningMachine machine = boot(2, 1)) {
            final BatchDone done = run(machine, CPU, new Skb[1], GET, CONSUME, GET, CONSUME);

            assertThat(done.failed()).isZero();
            assertThat(done.slots()).containsOnlyNulls();
            final CpuReport before = machine.snapshot().cpu(CPU);
            assertThat(before.gets()).isEqualTo(2);
            assertThat(before.recycled()).isEqualTo(1);
            assertThat(before.refills()).isEqualTo(1);
            assertThat(before.parked()).isEqualTo(16);
            machine.drain();
            final NodeReport after = machine.snapshot().node(new NodeId(0));
            assertThat(after.headsInUse()).isZero();
        }
    }

    @Test
    void shouldServeAnOfflineCpusWorkOnItsSurvivor() {
        try (RunningMachine machine = boot(2, 1)) {
            run(machine, CPU, new Skb[1], GET, CONSUME);
            assertThat(machine.takeOffline(CPU, OfflinePolicy.PARK)).isEqualTo(new MachineReply.Switched(CPU, false));

            assertThat(run(machine, CPU, new Skb[1], GET, CONSUME).who()).isEqualTo(new CpuId(1));
            assertThat(machine.takeOffline(new CpuId(1), OfflinePolicy.PARK))
                    .isEqualTo(new MachineReply.Refused("the last CPU stays online: cpu=1"));
            assertThat(machine.bringOnline(CPU)).isEqualTo(new MachineReply.Switched(CPU, true));
            assertThat(run(machine, CPU, new Skb[1], GET, CONSUME).who()).isEqualTo(CPU);
        }
    }

    @Test
    void shouldStopWithTheVerdictWhenACpuFindsAHeadPutTwice() {
        try (RunningMachine machine = boot(1, 1)) {
            final BatchDone got = run(machine, CPU, new Skb[1], GET);
            final Skb skb = got.slots()[0];
            final Skb[] twice = {skb, skb};
            machine.send(
                    CPU,
                    new CpuMessage.Batch(
                            machine.console(), new Op[] {CONSUME, Op.release(WayOut.NAPI_CONSUME_SKB, 1)}, twice));

            assertThatThrownBy(machine::snapshot)
                    .isInstanceOf(MachineFailure.class)
                    .hasMessageContaining("cpu-0 crashed: USE_AFTER_FREE: head=n0/15");
        }
    }

    @Test
    @Timeout(10)
    void shouldNotWaitForAnAnswerOfACrashedMachine() {
        try (RunningMachine machine = boot(1, 1)) {
            final Skb skb = run(machine, CPU, new Skb[1], GET).slots()[0];
            run(machine, CPU, new Skb[] {skb}, CONSUME);
            machine.send(CPU, new CpuMessage.Batch(machine.console(), new Op[] {CONSUME}, new Skb[] {skb}));

            assertThatThrownBy(machine::receive)
                    .isInstanceOf(MachineFailure.class)
                    .hasMessageContaining("cpu-0 crashed: USE_AFTER_FREE: head=n0/15");
        }
    }
}
