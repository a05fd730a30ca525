package headcache.skb;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Nothing lies between: every call goes straight to the slab of a node, as in v5.12. */
public final class DirectLink implements SlabLink {
    private final ActorName self;
    private final NodeId memoryNode;
    private final boolean acknowledge;

    private int acksDue;
    private boolean waiting;
    private int @Nullable [] bulk;
    private SlabReply.@Nullable Allocated one;
    private long messages;

    /**
     * Makes a link.
     *
     * @param self who calls
     * @param memoryNode its memory node, {@code numa_mem_id} in the kernel
     * @param acknowledge whether frees are waited for
     */
    public DirectLink(ActorName self, NodeId memoryNode, boolean acknowledge) {
        this.self = self;
        this.memoryNode = memoryNode;
        this.acknowledge = acknowledge;
    }

    @Override
    public boolean isBusy() {
        return waiting || acksDue > 0;
    }

    @Override
    public boolean isWaiting() {
        return waiting;
    }

    @Override
    public boolean isAnswered() {
        return bulk != null || one != null;
    }

    @Override
    public void askBulk(int count, Out out) {
        ask(memoryNode, new SlabMessage.BulkAlloc(self, count), out);
    }

    @Override
    public int[] takeBulk() {
        final int[] heads = bulk;
        if (heads == null) {
            throw new IllegalStateException("no bulk answer to take: at=" + self);
        }
        bulk = null;
        return heads;
    }

    @Override
    public void askOne(SlabKind kind, int node, boolean entitled, Out out) {
        final boolean any = node == Op.ANY_NODE;
        ask(any ? memoryNode : NodeId.of(node), new SlabMessage.SingleAlloc(self, kind, any, entitled), out);
    }

    /** Sends a request that is answered with heads. */
    void ask(ActorName whom, Message request, Out out) {
        waiting = true;
        messages++;
        out.send(whom, request);
    }

    @Override
    public SlabReply.Allocated takeOne() {
        final SlabReply.Allocated answer = one;
        if (answer == null) {
            throw new IllegalStateException("no single answer to take: at=" + self);
        }
        one = null;
        return answer;
    }

    @Override
    public void giveBulk(int[] heads, boolean mustAcknowledge, Out out) {
        if (heads.length == 0) {
            return;
        }
        final int first = Head.node(heads[0]);
        int remote = 0;
        for (final int head : heads) {
            if (Head.node(head) != first) {
                remote++;
            }
        }
        final boolean ack = acknowledge || mustAcknowledge;
        if (remote == 0) {
            give(first, heads, ack, out);
        } else {
            giveByHome(heads, ack, out);
        }
    }

    /** One message for each home node, in the order in which the nodes appear. */
    private void giveByHome(int[] heads, boolean ack, Out out) {
        final int[] rest = heads.clone();
        for (int from = 0; from < rest.length; from++) {
            if (rest[from] != Head.NONE) {
                give(Head.node(rest[from]), takeNode(rest, from), ack, out);
            }
        }
    }

    private static int[] takeNode(int[] rest, int from) {
        final int node = Head.node(rest[from]);
        final int[] taken = new int[rest.length - from];
        int count = 0;
        for (int i = from; i < rest.length; i++) {
            if (rest[i] != Head.NONE && Head.node(rest[i]) == node) {
                taken[count++] = rest[i];
                rest[i] = Head.NONE;
            }
        }
        return Arrays.copyOf(taken, count);
    }

    private void give(int node, int[] heads, boolean ack, Out out) {
        give(NodeId.of(node), new SlabMessage.BulkFree(self, memoryNode, heads, ack), ack, out);
    }

    /** Sends heads that are given back, and waits for the answer if {@code ack}. */
    void give(ActorName whom, Message heads, boolean ack, Out out) {
        messages++;
        if (ack) {
            acksDue++;
        }
        out.send(whom, heads);
    }

    @Override
    public void giveOne(int head, boolean half, Out out) {
        final NodeId home = NodeId.of(Head.node(head));
        give(home, new SlabMessage.SingleFree(self, memoryNode, head, half, acknowledge), acknowledge, out);
    }

    @Override
    public void post(CpuId owner, CpuMessage.GiveBack heads, Out out) {
        give(owner, heads, true, out);
    }

    @Override
    public void on(SlabReply reply, Out out) {
        if (reply instanceof SlabReply.Freed) {
            if (acksDue == 0) {
                throw new IllegalStateException("acknowledgement that nobody waits for: at=" + self);
            }
            acksDue--;
            return;
        }
        if (!waiting) {
            throw new IllegalStateException("answer that nobody waits for: at=" + self + ", answer=" + reply);
        }
        waiting = false;
        if (reply instanceof SlabReply.BulkAllocated answer) {
            bulk = answer.heads();
        } else {
            one = (SlabReply.Allocated) reply;
        }
    }

    @Override
    public long messages() {
        return messages;
    }

    @Override
    public void count(HeadSums inUse) {
        if (bulk != null) {
            inUse.add(bulk);
        }
        if (one != null && one.head() != Head.NONE) {
            inUse.add(one.head());
        }
    }

    @Override
    public DirectLink copy() {
        final DirectLink copy = new DirectLink(self, memoryNode, acknowledge);
        copy.acksDue = acksDue;
        copy.waiting = waiting;
        copy.bulk = bulk;
        copy.one = one;
        copy.messages = messages;
        return copy;
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(acksDue);
        bytes.put(waiting);
    }
}
