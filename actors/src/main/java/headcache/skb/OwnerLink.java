package headcache.skb;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.NodeId;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabReply;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;

/**
 * A link to the slab layer that also leads to the CPUs that allocated what is freed here.
 *
 * <p>In the kernel an skb is pushed on the other CPU's list under a lock, and the call returns when it is there. Here it
 * is sent, and whoever sends it stands still until it is answered, as with calls of the slab. The answer never has to
 * wait for work, so nobody waits in a circle.
 */
public final class OwnerLink implements SlabLink {
    private final SlabLink slabs;
    private final ActorName self;
    private final NodeId memoryNode;
    private int answersDue;

    private OwnerLink(SlabLink slabs, ActorName self, NodeId memoryNode) {
        this.slabs = slabs;
        this.self = self;
        this.memoryNode = memoryNode;
    }

    /** {@code slabs}, and where {@code kernel} sends anything home, the way to other CPUs as well. */
    public static SlabLink over(SlabLink slabs, ActorName self, NodeId memoryNode, Kernel kernel) {
        return kernel.takes(CodePath.DEFER_TO_OWNER) ? new OwnerLink(slabs, self, memoryNode) : slabs;
    }

    /** Hands {@code skb}, which holds nothing but data, back to the CPU that allocated it. */
    void defer(Skb skb, Out out) {
        answersDue++;
        out.send(new CpuId(skb.allocCpu()), new CpuMessage.Defer(self, memoryNode, skb));
    }

    /** Takes the answer to {@link #defer}. */
    void answered() {
        if (answersDue == 0) {
            throw new IllegalStateException("answer of a defer list that nobody waits for: at=" + self);
        }
        answersDue--;
    }

    @Override
    public boolean isBusy() {
        return answersDue > 0 || slabs.isBusy();
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
        slabs.askBulk(count, out);
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
    public int takeOne() {
        return slabs.takeOne();
    }

    @Override
    public void giveBulk(int[] heads, boolean acknowledge, Out out) {
        slabs.giveBulk(heads, acknowledge, out);
    }

    @Override
    public void giveOne(int head, boolean half, Out out) {
        slabs.giveOne(head, half, out);
    }

    @Override
    public void on(SlabReply reply, Out out) {
        slabs.on(reply, out);
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
    public OwnerLink copy() {
        final OwnerLink copy = new OwnerLink(slabs.copy(), self, memoryNode);
        copy.answersDue = answersDue;
        return copy;
    }

    @Override
    public void encode(StateBytes bytes) {
        slabs.encode(bytes);
        bytes.put(answersDue);
    }
}
