package headcache.skb;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabReply;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;

/**
 * A depot of magazines or a barn of sheaves lies between: what is asked for or given by the magazine goes to it, all
 * else straight to the slabs. So do the heads of a flush that are no full magazine, or that must be home when it ends;
 * and what a barn has no room for.
 */
public final class DepotLink implements SlabLink {
    private final ActorName self;
    private final NodeId memoryNode;
    private final DepotId depot;
    private final int rounds;

    /** Whether trades for an empty magazine are waited for. */
    private final boolean acknowledge;

    private final DirectLink slabs;

    /**
     * Makes a link.
     *
     * @param self who calls
     * @param memoryNode its memory node
     * @param depot whom it trades magazines with
     * @param rounds heads in a full magazine
     * @param mayRefuse whether a full magazine may be refused, so that the answer is always waited for
     * @param acknowledge whether frees are waited for
     */
    public DepotLink(
            ActorName self, NodeId memoryNode, DepotId depot, int rounds, boolean mayRefuse, boolean acknowledge) {
        this(self, memoryNode, depot, rounds, acknowledge || mayRefuse, new DirectLink(self, memoryNode, acknowledge));
    }

    private DepotLink(
            ActorName self, NodeId memoryNode, DepotId depot, int rounds, boolean acknowledge, DirectLink slabs) {
        this.self = self;
        this.memoryNode = memoryNode;
        this.depot = depot;
        this.rounds = rounds;
        this.acknowledge = acknowledge;
        this.slabs = slabs;
    }

    @Override
    public boolean isBusy() {
        return slabs.isBusy();
    }

    @Override
    public boolean isWaiting() {
        return slabs.isWaiting();
    }

    @Override
    public boolean isAnswered() {
        return slabs.isAnswered();
    }

    @Override
    public void askBulk(int count, Out out) {
        if (count == rounds) {
            slabs.ask(depot, new DepotMessage.TradeForFull(self, memoryNode), out);
        } else {
            slabs.askBulk(count, out);
        }
    }

    @Override
    public int[] takeBulk() {
        return slabs.takeBulk();
    }

    @Override
    public void askOne(SlabKind kind, int node, boolean entitled, Out out) {
        slabs.askOne(kind, node, entitled, out);
    }

    @Override
    public SlabReply.Allocated takeOne() {
        return slabs.takeOne();
    }

    @Override
    public void giveBulk(int[] heads, boolean mustAcknowledge, Out out) {
        if (heads.length == rounds && !mustAcknowledge) {
            slabs.give(depot, new DepotMessage.TradeForEmpty(self, heads, acknowledge), acknowledge, out);
        } else {
            slabs.giveBulk(heads, mustAcknowledge, out);
        }
    }

    @Override
    public void giveOne(int head, boolean half, Out out) {
        slabs.giveOne(head, half, out);
    }

    @Override
    public void post(CpuId owner, CpuMessage.GiveBack heads, Out out) {
        slabs.post(owner, heads, out);
    }

    @Override
    public void on(SlabReply reply, Out out) {
        if (reply instanceof SlabReply.Refused refused) {
            slabs.on(SlabReply.Freed.FREED, out);
            slabs.giveBulk(refused.heads(), false, out);
        } else {
            slabs.on(reply, out);
        }
    }

    @Override
    public long messages() {
        return slabs.messages();
    }

    @Override
    public void count(HeadSums inUse) {
        slabs.count(inUse);
    }

    @Override
    public DepotLink copy() {
        return new DepotLink(self, memoryNode, depot, rounds, acknowledge, slabs.copy());
    }

    @Override
    public void encode(StateBytes bytes) {
        slabs.encode(bytes);
    }
}
