package headcache.skb;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabReply;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private boolean peeking;
    private @Nullable Integer peeked;

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

    /** Lets {@code cpu}, on which this task is, end {@code skb} into its cache. */
    void freeHere(Skb skb, CpuId cpu, Out out) {
        answersDue++;
        out.send(cpu, new CpuMessage.FreeHere(self, skb));
    }

    /** Asks {@code cpu}, on which this task is, for what is in its cache. */
    void peek(CpuId cpu, Out out) {
        peeking = true;
        out.send(cpu, new CpuMessage.Peek(self));
    }

    /** Takes the answer to {@link #peek}. */
    void on(CpuMessage.Peeked answer) {
        if (!peeking) {
            throw new IllegalStateException("answer of a cache that nobody waits for: at=" + self);
        }
        peeking = false;
        peeked = answer.head();
    }

    /** Whether there is an answer to {@link #peek}. */
    boolean hasPeeked() {
        return peeked != null;
    }

    /** Takes the head that the cache gave, or {@link Head#NONE}. */
    int takePeeked() {
        final int head = Objects.requireNonNull(peeked, "nothing was asked of the cache");
        peeked = null;
        return head;
    }

    /** Takes the answer to {@link #defer} or {@link #freeHere}. */
    void answered() {
        if (answersDue == 0) {
            throw new IllegalStateException("answer of a defer list that nobody waits for: at=" + self);
        }
        answersDue--;
    }

    @Override
    public boolean isBusy() {
        return answersDue > 0 || peeking || slabs.isBusy();
    }

    @Override
    public boolean isWaiting() {
        return peeking || slabs.isWaiting();
    }

    @Override
    public boolean isAnswered() {
        return peeked != null || slabs.isAnswered();
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
    public SlabReply.Allocated takeOne() {
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
    public void post(CpuId owner, CpuMessage.GiveBack heads, Out out) {
        slabs.post(owner, heads, out);
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
        if (peeked != null && peeked != Head.NONE) {
            inUse.add(peeked.intValue());
        }
    }

    @Override
    public OwnerLink copy() {
        final OwnerLink copy = new OwnerLink(slabs.copy(), self, memoryNode);
        copy.answersDue = answersDue;
        copy.peeking = peeking;
        copy.peeked = peeked;
        return copy;
    }

    @Override
    public void encode(StateBytes bytes) {
        slabs.encode(bytes);
        bytes.put(answersDue);
        bytes.put(peeking);
    }
}
