package headcache.middle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverId;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineName;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.HeadMisuse;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The depot alone: what it answers, to whom, and when heads go home. Magazines of two rounds. */
class DepotStepTest {
    private static final DepotId DEPOT = new DepotId(0);
    private static final CpuId CPU_0 = new CpuId(0);
    private static final CpuId CPU_1 = new CpuId(1);
    private static final NodeId NODE_1 = NodeId.of(1);

    private final List<String> sent = new ArrayList<>();
    private final Out out = new Out() {
        @Override
        public void send(ActorName to, Message message) {
            sent.add(to + ": " + text(message));
        }

        @Override
        public void event(EventKind kind, int head, int detail) {}
    };

    private static String text(Message message) {
        if (message instanceof SlabReply.BulkAllocated answer) {
            return "full " + Arrays.toString(answer.heads());
        } else if (message instanceof SlabMessage.BulkFree free) {
            return "free " + Arrays.stream(free.heads()).mapToObj(Head::name).toList();
        }
        return message.toString();
    }

    private static DepotStep depot(int interval) {
        return new DepotStep(DEPOT, NodeId.of(0), new Magazines(2, interval));
    }

    private void put(DepotStep depot, int... heads) {
        depot.on(new DepotMessage.TradeForEmpty(CPU_0, heads, false), out);
    }

    private void get(DepotStep depot, CpuId cpu) {
        depot.on(new DepotMessage.TradeForFull(cpu, NODE_1), out);
    }

    @Test
    void withoutAFullMagazineTheSlabOfTheAskerGivesItOneHead() {
        get(depot(0), CPU_1);

        assertThat(sent).containsExactly("node-1: BulkAlloc[from=cpu-1, count=1]");
    }

    @Test
    void theMagazineThatCameLastGoesFirst() {
        final DepotStep depot = depot(0);
        put(depot, 1, 2);
        put(depot, 3, 4);

        get(depot, CPU_1);
        get(depot, CPU_0);
        get(depot, CPU_0);

        assertThat(sent)
                .containsExactly("cpu-1: full [3, 4]", "cpu-0: full [1, 2]", "node-1: BulkAlloc[from=cpu-0, count=1]");
    }

    @Test
    void anEmptyMagazineIsGivenWhereItIsWaitedFor() {
        depot(0).on(new DepotMessage.TradeForEmpty(CPU_1, new int[] {1, 2}, true), out);

        assertThat(sent).containsExactly("cpu-1: FREED");
    }

    @Test
    void aMagazineThatIsNotFullIsRefused() {
        final DepotStep depot = depot(0);

        assertThatThrownBy(() -> put(depot, 7))
                .isInstanceOf(HeadMisuse.class)
                .hasMessageContaining("heads=1, rounds=2");
    }

    /** Four trades each: in the first interval there was a moment with none, in the second never fewer than one. */
    @Test
    void theFewestMagazinesOfAnIntervalGoHomeTheOldestFirst() {
        final DepotStep depot = depot(4);
        put(depot, 1, 2);
        put(depot, 3, 4);
        get(depot, CPU_0);
        put(depot, 5, 6);
        sent.clear();

        get(depot, CPU_0);
        put(depot, 7, 8);
        put(depot, 9, Head.plain(1, 0));
        assertThat(sent).containsExactly("cpu-0: full [5, 6]");
        put(depot, 11, 12);

        assertThat(sent).containsExactly("cpu-0: full [5, 6]", "node-0: free [n0/1, n0/2]");
        assertThat(depot.report().magazines()).isEqualTo(3);
        assertThat(depot.report().reaped()).isEqualTo(1);
    }

    @Test
    void aDrainWaitsForWhatWentHomeBefore() {
        final DepotStep depot = depot(1);
        put(depot, 1, 2);
        put(depot, 3, Head.plain(1, 0));
        assertThat(sent).containsExactly("node-0: free [n0/1, n0/2]");
        depot.on(new CpuMessage.Drain(MachineName.MACHINE), out);
        assertThat(sent).containsExactly("node-0: free [n0/1, n0/2]", "node-0: free [n0/3]", "node-1: free [n1/0]");

        depot.on(SlabReply.Freed.FREED, out);
        depot.on(SlabReply.Freed.FREED, out);
        assertThat(sent).hasSize(3);
        depot.on(SlabReply.Freed.FREED, out);

        assertThat(sent).hasSize(4).endsWith(MachineName.MACHINE + ": " + new MachineMessage.Drained(DEPOT));
    }

    @Test
    void eachWhoAskedForADrainIsAnswered() {
        final DepotStep depot = depot(0);
        put(depot, 1, 2);
        depot.on(new CpuMessage.Drain(new DriverId(0)), out);
        depot.on(new CpuMessage.Drain(new DriverId(1)), out);
        final DepotStep copy = depot.copy();
        assertThat(bytes(copy)).isEqualTo(bytes(depot));

        copy.on(SlabReply.Freed.FREED, out);

        assertThat(sent.subList(1, 3))
                .containsExactly(
                        "driver-0: " + new MachineMessage.Drained(DEPOT),
                        "driver-1: " + new MachineMessage.Drained(DEPOT));
    }

    @Test
    void aDepotThatHasNothingIsDrainedAtOnce() {
        depot(0).on(new CpuMessage.Drain(MachineName.MACHINE), out);

        assertThat(sent).containsExactly(MachineName.MACHINE + ": " + new MachineMessage.Drained(DEPOT));
    }

    @Test
    void aCopyIsIndependentAndEqualInBytes() {
        final DepotStep depot = depot(3);
        put(depot, 1, 2);
        final DepotStep copy = depot.copy();
        assertThat(bytes(copy)).isEqualTo(bytes(depot));

        put(copy, 3, 4);

        assertThat(depot.report().magazines()).isEqualTo(1);
        assertThat(bytes(copy)).isNotEqualTo(bytes(depot));
    }

    /** With an interval it matters how many trades there were; without, only what is here. */
    @Test
    void stateIsWhatLaterBehaviourDependsOn() {
        assertThat(bytes(traded(0))).isEqualTo(bytes(depot(0)));
        assertThat(bytes(traded(5))).isNotEqualTo(bytes(depot(5)));
    }

    private DepotStep traded(int interval) {
        final DepotStep depot = depot(interval);
        put(depot, 1, 2);
        get(depot, CPU_0);
        return depot;
    }

    @Test
    void everyHeadOfItsMagazinesIsCountedAsParked() {
        final DepotStep depot = depot(0);
        put(depot, 1, 2);
        put(depot, 3, Head.plain(1, 0));
        final HeadCount count = HeadCount.nothing();

        depot.count(count);

        assertThat(count.inCache()).hasToString("3 of node-0, 1 of node-1");
        assertThat(count.inUse()).hasToString("none");
    }

    @Test
    void impossibleMagazinesAreRefused() {
        assertThatThrownBy(() -> new Magazines(0, 0)).hasMessageContaining("rounds=0 must be 1 to 32767");
        assertThatThrownBy(() -> new Magazines(32_768, 0)).hasMessageContaining("rounds=32768 must be 1 to 32767");
        assertThatThrownBy(() -> new Magazines(1, -1)).hasMessageContaining("interval=-1 must be 0");
        assertThat(new Magazines(32_767, 0).cache().capacity()).isEqualTo(65_535);
    }

    private static byte[] bytes(DepotStep depot) {
        final StateBytes bytes = new StateBytes();
        depot.encode(bytes);
        return bytes.toArray();
    }
}
