package headcache.skb;

import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabReply;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;

/**
 * What lies between a CPU or task and the slab layer.
 *
 * <p>In the kernel these calls are synchronous. Here each is a message and its answer, and whoever
 * calls stands still while the link is busy: a request for heads is outstanding, or a free is not
 * acknowledged. A caller that asked for heads is run again from the same place once the answer is
 * there, and takes it then.
 */
public interface SlabLink {

    /** Whether anything is outstanding, so that the caller must stand still. */
    boolean isBusy();

    /** Whether a request for heads is outstanding, so that the operation that asked is not finished. */
    boolean isWaiting();

    /** Whether the answer to a request for heads is there and was not taken yet. */
    boolean isAnswered();

    /** Asks for {@code count} heads of any node, all or nothing; a depot that has none may have one come instead. */
    void askBulk(int count, Out out);

    /** Takes the answer to {@link #askBulk}: the heads in order, or none. */
    int[] takeBulk();

    /**
     * Asks for one object.
     *
     * @param node the preferred node, or {@link headcache.protocol.Op#ANY_NODE}
     * @param entitled whether the request may draw on the emergency reserve
     */
    void askOne(SlabKind kind, int node, boolean entitled, Out out);

    /** Takes the answer to {@link #askOne}. */
    SlabReply.Allocated takeOne();

    /**
     * Gives plain heads back, each to its home node.
     *
     * @param heads in array order; handed over
     * @param acknowledge whether to stand still until it is done, even where the policy would not
     */
    void giveBulk(int[] heads, boolean acknowledge, Out out);

    /**
     * Gives one object back to its home node.
     *
     * @param half whether it is one part of a pair of which both were in use
     */
    void giveOne(int head, boolean half, Out out);

    /** Posts heads to the CPU that owns them, and stands still until it has them. */
    void post(CpuId owner, CpuMessage.GiveBack heads, Out out);

    /** Takes an answer of the slab, or of what lies before it. */
    void on(SlabReply reply, Out out);

    /** How many messages were sent to slabs, and to what lies before them, since boot. */
    long messages();

    /** Adds the heads that lie between: asked for and not taken, or given and not sent. */
    void count(HeadSums inUse);

    /** An independent copy. */
    SlabLink copy();

    /** Writes everything that later behaviour depends on. */
    void encode(StateBytes bytes);
}
