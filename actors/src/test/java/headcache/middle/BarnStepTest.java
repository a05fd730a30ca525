package headcache.middle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
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

/** The barn alone: what it answers, to whom, and up to which limits. Sheaves of two heads, one full and one empty. */
class BarnStepTest {
    private static final DepotId BARN = new DepotId(1);
    private static final CpuId CPU_0 = new CpuId(0);
    private static final CpuId CPU_1 = new CpuId(1);
    private static final NodeId NODE_1 = NodeId.of(1);

    private final BarnStep barn = new BarnStep(BARN, NODE_1, new Sheaves(2, 1, 1));
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
        } else if (message instanceof SlabReply.Refused answer) {
            return "refused " + Arrays.toString(answer.heads());
        } else if (message instanceof SlabMessage.BulkFree free) {
            return "free " + Arrays.stream(free.heads()).mapToObj(Head::name).toList();
        }
        return message.toString();
    }

    private void put(int... heads) {
        barn.on(new DepotMessage.TradeForEmpty(CPU_0, heads, true), out);
    }

    private void get(CpuId cpu) {
        barn.on(new DepotMessage.TradeForFull(cpu, NODE_1), out);
    }

    @Test
    void withoutAFullSheafTheSlabFillsOneForTheAsker() {
        get(CPU_1);

        assertThat(sent).containsExactly("node-1: BulkAlloc[from=cpu-1, count=2]");
    }

    @Test
    void aFullSheafIsTakenWhileThereIsRoomAndGoesBackWhenThereIsNone() {
        put(1, 2);
        put(3, 4);
        get(CPU_1);
        put(5, 6);

        assertThat(sent).containsExactly("cpu-0: FREED", "cpu-0: refused [3, 4]", "cpu-1: full [1, 2]", "cpu-0: FREED");
        assertThat(barn.report().mostMagazines()).isEqualTo(1);
        assertThat(barn.report().trades()).isEqualTo(4);
    }

    @Test
    void emptySheavesAreKeptUpToTheLimit() {
        final BarnStep roomy = new BarnStep(BARN, NODE_1, new Sheaves(1, 3, 1));
        for (int head = 0; head < 3; head++) {
            roomy.on(new DepotMessage.TradeForEmpty(CPU_0, new int[] {head}, true), out);
        }
        assertThat(roomy.report().empties()).isZero();

        for (int full = 0; full < 3; full++) {
            roomy.on(new DepotMessage.TradeForFull(CPU_0, NODE_1), out);
        }
        assertThat(roomy.report().empties()).isEqualTo(1);
        roomy.on(new DepotMessage.TradeForEmpty(CPU_0, new int[] {7}, true), out);
        assertThat(roomy.report().empties()).isZero();
    }

    @Test
    void aSheafThatIsNotFullIsRefused() {
        assertThatThrownBy(() -> put(7)).isInstanceOf(HeadMisuse.class).hasMessageContaining("heads=1, rounds=2");
    }

    @Test
    void aDrainWaitsUntilTheSlabsHaveItAll() {
        put(3, Head.plain(1, 0));
        sent.clear();
        barn.on(new CpuMessage.Drain(MachineName.MACHINE), out);
        assertThat(sent).containsExactly("node-0: free [n0/3]", "node-1: free [n1/0]");

        barn.on(SlabReply.Freed.FREED, out);
        assertThat(sent).hasSize(2);
        barn.on(SlabReply.Freed.FREED, out);

        assertThat(sent).hasSize(3).endsWith(MachineName.MACHINE + ": " + new MachineMessage.Drained(BARN));
    }

    @Test
    void aCopyIsIndependentAndEqualInBytes() {
        final BarnStep copy = barn.copy();
        assertThat(bytes(copy)).isEqualTo(bytes(barn));

        copy.on(new DepotMessage.TradeForEmpty(CPU_0, new int[] {3, 4}, true), out);

        assertThat(barn.report().magazines()).isZero();
        assertThat(bytes(copy)).isNotEqualTo(bytes(barn));
    }

    @Test
    void everyHeadOfItsSheavesIsCountedAsParked() {
        put(3, Head.plain(1, 0));
        final HeadCount count = HeadCount.nothing();

        barn.count(count);

        assertThat(count.inCache()).hasToString("1 of node-0, 1 of node-1");
        assertThat(count.inUse()).hasToString("none");
    }

    @Test
    void impossibleSheavesAreRefused() {
        assertThatThrownBy(() -> new Sheaves(0, 1, 1)).hasMessageContaining("heads=0 must be 1 to 32767");
        assertThatThrownBy(() -> new Sheaves(1, -1, 0)).hasMessageContaining("full=-1, empty=0 must both be 0 or more");
        assertThatThrownBy(() -> new Sheaves(1, 0, -1)).hasMessageContaining("full=0, empty=-1 must both be 0 or more");
    }

    private static byte[] bytes(BarnStep barn) {
        final StateBytes bytes = new StateBytes();
        barn.encode(bytes);
        return bytes.toArray();
    }
}
