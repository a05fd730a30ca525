package headcache.semantics;

import static headcache.protocol.MachineName.MACHINE;
import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.HeldUnit;
import headcache.protocol.MachineMessage;
import headcache.protocol.NapiId;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A CPU goes offline and comes back: nothing is lost, and what arrives later goes to the survivor. */
class OfflineTest {
    private static final NapiId NAPI = new NapiId(0);
    private static final String OFFLINE = new MachineMessage.Switched(CPU, false).toString();
    private static final String ONLINE = new MachineMessage.Switched(CPU, true).toString();

    private final StepBench bench = StepBench.cpus(2);

    private static CpuMessage.Offline offline(OfflinePolicy parked) {
        return new CpuMessage.Offline(MACHINE, parked, CPU_1);
    }

    private void goOffline(OfflinePolicy parked) {
        bench.send(CPU, offline(parked));
        bench.settle();
        assertThat(bench.cpu(CPU).isOnline()).isFalse();
    }

    private static Frame frame(WayIn way, Verdict verdict) {
        return new Frame(way, verdict, 0, null, 0);
    }

    @Test
    void shouldKeepParkedHeadsAndHaveThemWhenItComesBack() {
        bench.park(3);

        goOffline(OfflinePolicy.PARK);
        bench.send(CPU, new CpuMessage.Online(MACHINE));

        assertThat(bench.events(CPU)).containsExactly("WENT_OFFLINE parked 3", "CAME_ONLINE parked 3");
        assertThat(bench.answers()).containsExactly(OFFLINE, ONLINE);
        assertThat(bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0))).startsWith("GET n0/2 2");
    }

    /** A drain is waited for even where spills are not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDrainParkedHeadsAndBeOfflineWhenTheSlabHasThem(boolean acknowledged) {
        final CpuPolicy policy = new CpuPolicy(CachePolicy.LINUX_5_12, Kernel.LINUX_5_12, acknowledged, 1000);
        final StepBench two =
                new StepBench(MachineConfig.of(Topology.even(2, 1)).with(policy));
        two.park(3);

        two.send(CPU, offline(OfflinePolicy.DRAIN));

        assertThat(two.inFlight()).containsExactly("cpu-0 to node-0: BulkFree n0/0,n0/1,n0/2 ack");
        assertThat(two.answers()).isEmpty();
        two.settle();
        assertThat(two.heads(CPU)).containsExactly("FLUSH n0/0-2 slots 0-2", "WENT_OFFLINE parked 0");
        assertThat(two.answers()).containsExactly(OFFLINE);
        assertThat(two.out(NODE, SlabKind.HEAD)).isZero();
    }

    @Test
    void shouldHandParkedHeadsOverToTheSurvivorWhoPutsThem() {
        bench.park(3);

        goOffline(OfflinePolicy.HAND_OVER);

        assertThat(bench.heads(CPU))
                .containsExactly(
                        "HANDED_OVER n0/0 to cpu-1",
                        "HANDED_OVER n0/1 to cpu-1",
                        "HANDED_OVER n0/2 to cpu-1",
                        "WENT_OFFLINE parked 0");
        assertThat(bench.heads(CPU_1)).containsExactly("PUT n0/0 1", "PUT n0/1 2", "PUT n0/2 3");
    }

    @Test
    void shouldLetTheSurvivorSpillWhatIsHandedOver() {
        bench.park(63);
        bench.runOn(CPU_1, Op.allocate(WayIn.NAPI_BUILD_SKB, 0)); // refills 16, 15 are left: full after 49 puts
        bench.forget();

        goOffline(OfflinePolicy.HAND_OVER);

        assertThat(bench.heads(CPU_1))
                .hasSize(63 + 1)
                .contains("PUT n0/48 64", "PUT n0/49 33")
                .contains("SPILL n0/17-48 slots 32-63")
                .endsWith("PUT n0/62 46");
    }

    @Test
    void shouldWaitForTheCurrentPollAndItsSlabCalls() {
        bench.send(CPU, new CpuMessage.Poll(DRIVER, NAPI, new Skb[0], new Frame[] {
            frame(WayIn.NAPI_BUILD_SKB, Verdict.DROP), frame(WayIn.NAPI_BUILD_SKB, Verdict.DROP)
        }));
        bench.send(CPU, offline(OfflinePolicy.PARK));

        bench.settle();

        assertThat(bench.answers()).containsExactly("PollDone cpu-0 received 2 dropped 0", OFFLINE);
        assertThat(bench.heads(CPU)).endsWith("SINGLE_FREE n0/14", "WENT_OFFLINE parked 14");
    }

    @Test
    void shouldSendWorkThatArrivesLaterToTheSurvivorInOrder() {
        goOffline(OfflinePolicy.PARK);
        bench.runOn(CPU_1, Op.allocate(WayIn.BUILD_SKB, 0));

        bench.send(CPU, bench.batch());
        bench.send(CPU, new CpuMessage.Poll(DRIVER, NAPI, new Skb[0], new Frame[0]));
        bench.send(CPU, new CpuMessage.HardInterrupt(bench.take(0)));
        bench.send(CPU, new CpuMessage.HandOver(CPU, new int[0]));
        bench.send(CPU, new CpuMessage.Adopt(NAPI, null, new HeldUnit[0]));

        assertThat(bench.inFlight())
                .containsExactly(
                        "cpu-0 to cpu-1: Batch of 0",
                        "cpu-0 to cpu-1: Poll napi-0 completions 0 frames 0",
                        "cpu-0 to cpu-1: HardInterrupt n0/0",
                        "cpu-0 to cpu-1: HandOver ",
                        "cpu-0 to cpu-1: Adopt napi-0 held ");
        bench.settle();
        assertThat(bench.heads(CPU_1)).endsWith("PUT n0/0 1");
    }

    @Test
    void shouldSendWorkThatWaitedBehindTheOrderToTheSurvivor() {
        bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 0));
        bench.send(CPU, offline(OfflinePolicy.PARK));
        bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 1));
        bench.settle();

        assertThat(bench.answers())
                .containsExactly(
                        "BatchDone by cpu-0 failed 0 cancelled 0", OFFLINE, "BatchDone by cpu-1 failed 0 cancelled 0");
    }

    @Test
    void shouldTakeNoWorkUntilItComesBackAndThenAgain() {
        goOffline(OfflinePolicy.PARK);
        bench.runOn(CPU);
        bench.send(CPU, new CpuMessage.Online(MACHINE));
        bench.runOn(CPU);

        assertThat(bench.answers())
                .containsExactly(
                        OFFLINE,
                        "BatchDone by cpu-1 failed 0 cancelled 0",
                        ONLINE,
                        "BatchDone by cpu-0 failed 0 cancelled 0");
    }

    @Test
    void shouldHandTheCompletionQueueOver() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1));
        bench.forget();
        bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 2));
        bench.send(CPU, offline(OfflinePolicy.PARK));
        bench.send(CPU, new CpuMessage.HardInterrupt(bench.take(0)));
        bench.send(CPU, new CpuMessage.HardInterrupt(bench.take(1)));

        bench.settle();

        assertThat(bench.heads(CPU))
                .endsWith(
                        "QUEUED n0/1 2",
                        "SINGLE_ALLOC n0/2 any",
                        "BORN n0/2 build_skb",
                        "DATA_TAKEN n0/2",
                        "SENT n0/0",
                        "SENT n0/1",
                        "WENT_OFFLINE parked 0");
        assertThat(bench.heads(CPU_1)).contains("PUT n0/0 1", "PUT n0/1 2");
    }

    /** The order stands still until the slab has the parked heads; interrupts do not wait for that. */
    @Test
    void shouldHandOverWhatIsQueuedWhileItGoesOffline() {
        bench.park(1);
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0));
        bench.forget();
        bench.send(CPU, offline(OfflinePolicy.DRAIN));
        bench.send(CPU, new CpuMessage.HardInterrupt(bench.take(0)));

        bench.settle();

        assertThat(bench.heads(CPU))
                .containsExactly("FLUSH n0/0 slot 0", "QUEUED n0/1 1", "SENT n0/1", "WENT_OFFLINE parked 0");
        assertThat(bench.heads(CPU_1)).endsWith("PUT n0/1 1");
    }

    @Test
    void shouldRaiseTheTransmitSoftirqAgainAfterItCameBack() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1));
        bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 2));
        bench.send(CPU, offline(OfflinePolicy.PARK));
        bench.send(CPU, new CpuMessage.HardInterrupt(bench.take(0)));
        bench.settle();
        bench.send(CPU, new CpuMessage.Online(MACHINE));
        bench.forget();

        bench.send(CPU, new CpuMessage.HardInterrupt(bench.take(1)));

        assertThat(bench.heads(CPU)).endsWith("PUT n0/1 1");
    }

    @Test
    void shouldMoveNapiSkbAndHeldUnits() {
        final Skb frags = napiSkb();
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0));
        final HeldUnit unit = new HeldUnit(7, bench.take(0), null, 0);
        bench.send(CPU, new CpuMessage.Adopt(NAPI, frags, new HeldUnit[] {unit}));
        bench.forget();

        bench.send(CPU, offline(OfflinePolicy.PARK));

        assertThat(bench.heads(CPU))
                .containsExactly(
                        "SENT n0/" + frags.head(), "SENT n0/" + unit.skb().head(), "WENT_OFFLINE parked 0");
        assertThat(bench.inFlight())
                .containsExactly("cpu-0 to cpu-1: Adopt napi-0 napi->skb n0/" + frags.head() + " held n0/"
                        + unit.skb().head());
        bench.settle();
        bench.send(CPU_1, new CpuMessage.Poll(DRIVER, NAPI, new Skb[0], new Frame[] {
            new Frame(WayIn.NAPI_GET_FRAGS, Verdict.MERGE_REUSE, 7, null, 0)
        }));
        assertThat(bench.heads(CPU_1)).startsWith("REUSED n0/" + frags.head());
    }

    /** An emptied skb, as the frags path leaves it. */
    private Skb napiSkb() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.release(WayOut.GRO_FRAGS_REUSE, 0));
        return bench.take(0);
    }

    /** One NAPI instance has one napi->skb: a second one that moves in is freed, once. */
    @Test
    void shouldFreeASecondNapiSkbOnceAndTakeTheUnitsOnce() {
        final Skb first = napiSkb();
        final Skb second = napiSkb();
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0));
        final HeldUnit unit = new HeldUnit(7, bench.take(0), null, 0);
        bench.send(CPU, new CpuMessage.Adopt(NAPI, first, new HeldUnit[0]));
        bench.send(CPU, new CpuMessage.Adopt(NAPI, second, new HeldUnit[] {unit}));
        bench.forget();
        bench.settle();

        assertThat(bench.heads(CPU)).isEmpty();
        bench.send(CPU, offline(OfflinePolicy.PARK));
        assertThat(bench.inFlight())
                .containsExactly("cpu-0 to cpu-1: Adopt napi-0 napi->skb n0/" + first.head() + " held n0/"
                        + unit.skb().head());
    }

    @Test
    void shouldChangeTheSurvivorOfACpuThatIsOfflineAlready() {
        bench.park(3);
        goOffline(OfflinePolicy.PARK);
        goOffline(OfflinePolicy.DRAIN);

        assertThat(bench.answers()).containsExactly(OFFLINE, OFFLINE);
        assertThat(bench.cpu(CPU).heads().count()).isZero();
    }
}
