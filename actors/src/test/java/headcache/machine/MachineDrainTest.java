package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.RunningMachine.Threads;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.Frame;
import headcache.protocol.HeldUnit;
import headcache.protocol.NapiId;
import headcache.protocol.NodeId;
import headcache.protocol.NodeReport;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.Tap;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A drain brings everything home, wherever in the machine it is kept. */
class MachineDrainTest {
    private static final CpuId CPU = new CpuId(0);
    private static final CpuId SURVIVOR = new CpuId(1);
    private static final NapiId NAPI = new NapiId(0);
    private static final Skb[] NO_COMPLETIONS = {};

    private final RunningMachine machine = RunningMachine.boot(
            MachineConfig.of(Topology.even(2, 2)).plan(Tap.NONE), Threads.all(), Duration.ofSeconds(20));

    private @Nullable Skb[] run(CpuId cpu, int slots, Op... ops) {
        machine.send(cpu, new CpuMessage.Batch(machine.console(), ops, new @Nullable Skb[slots]));
        return ((BatchDone) machine.receive()).slots();
    }

    private Skb skb() {
        return Objects.requireNonNull(run(CPU, 1, Op.allocate(WayIn.BUILD_SKB, 0))[0]);
    }

    private void poll(Skb[] completions, Frame... frames) {
        machine.send(CPU, new CpuMessage.Poll(machine.console(), NAPI, completions, frames));
        machine.receive();
    }

    private int out() {
        return machine.snapshot().reports().values().stream()
                .mapToInt(report -> report instanceof NodeReport node ? node.headsInUse() + node.pairsInUse() : 0)
                .sum();
    }

    @AfterEach
    void shouldHaveEverythingAtHomeAfterADrain() {
        try (RunningMachine drained = machine) {
            assertThat(out()).isPositive();
            drained.drain();
            assertThat(out()).isZero();
            assertThat(drained.snapshot().cpu(CPU).parked()).isZero();
            assertThat(drained.snapshot().node(NodeId.of(0)).pagesMade()).isPositive();
        }
    }

    @Test
    void shouldBringParkedHeadsHome() {
        run(CPU, 1, Op.allocate(WayIn.NAPI_BUILD_SKB, 0), Op.release(WayOut.NAPI_CONSUME_SKB, 0));
    }

    @Test
    void shouldBringTheSkbOfTheFragsPathHome() {
        poll(
                NO_COMPLETIONS,
                new Frame(WayIn.NAPI_BUILD_SKB, Verdict.HOLD, 1, null, 0),
                new Frame(WayIn.NAPI_GET_FRAGS, Verdict.MERGE_REUSE, 1, null, 0));
    }

    @Test
    void shouldBringHeldUnitsHomeWithAllThatTheyTookOver() {
        final @Nullable Skb[] slots = run(
                CPU,
                3,
                Op.allocate(WayIn.BUILD_SKB, 0),
                Op.allocate(WayIn.BUILD_SKB, 1),
                Op.allocate(WayIn.ALLOC_SKB_FCLONE, 2),
                new Op.Release(WayOut.GRO_LIST_MEMBER, 1, 0),
                new Op.Release(WayOut.GRO_LIST_MEMBER, 2, 0));
        final HeldUnit unit = new HeldUnit(1, Objects.requireNonNull(slots[0]), null, 0);
        machine.send(CPU, new CpuMessage.Adopt(NAPI, skb(), new HeldUnit[] {unit}));
    }

    @Test
    void shouldBringWhatAnInterruptQueuedHome() {
        machine.send(CPU, new CpuMessage.HardInterrupt(skb()));
    }

    @Test
    void shouldBringHomeWhatAnOfflineCpuKept() {
        run(CPU, 1, Op.allocate(WayIn.NAPI_BUILD_SKB, 0), Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        machine.takeOffline(CPU, OfflinePolicy.PARK);
        assertThat(machine.snapshot().cpu(CPU).parked()).isEqualTo(16);
    }

    @Test
    void shouldBringHomeWhatTheSurvivorInherited() {
        run(CPU, 1, Op.allocate(WayIn.NAPI_BUILD_SKB, 0), Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        machine.send(CPU, new CpuMessage.Adopt(NAPI, skb(), new HeldUnit[0]));
        machine.takeOffline(CPU, OfflinePolicy.HAND_OVER);
        poll(new Skb[] {Objects.requireNonNull(run(CPU, 1, Op.allocate(WayIn.BUILD_SKB, 0))[0])});
        assertThat(machine.snapshot().cpu(SURVIVOR).parked()).isEqualTo(17);
    }
}
