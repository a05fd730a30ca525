package headcache.protocol;

import org.jspecify.annotations.Nullable;

/** What a CPU is told. Work is done in the order in which it was accepted, one item at a time. */
public sealed interface CpuMessage extends Message
        permits CpuMessage.Batch,
                CpuMessage.Poll,
                CpuMessage.HardInterrupt,
                CpuMessage.Offline,
                CpuMessage.Online,
                CpuMessage.HandOver,
                CpuMessage.Adopt,
                CpuMessage.GiveBack,
                CpuMessage.Drain,
                CpuMessage.Defer,
                CpuMessage.Deferred,
                CpuMessage.FreeHere,
                CpuMessage.Peek,
                CpuMessage.Peeked,
                CpuMessage.FailData,
                CpuMessage.Report,
                SlabReply,
                Connect,
                Via,
                Marker {

    /**
     * Operations of this CPU's softirq, one after the other.
     *
     * @param from who is told when they are done
     * @param ops the operations
     * @param slots the skbs they work on, and room for those they allocate; handed over
     */
    record Batch(ActorName from, Op[] ops, @Nullable Skb[] slots) implements CpuMessage, TaskMessage {}

    /**
     * A whole run of a NAPI poll function: transmit completions, then frames, then the GRO flush.
     *
     * @param from who is told when it is done
     * @param napi the NAPI instance
     * @param completions transmitted skbs, consumed first
     * @param frames received frames, in order
     */
    record Poll(ActorName from, NapiId napi, Skb[] completions, Frame[] frames) implements CpuMessage {}

    /**
     * A hard interrupt that frees an skb ({@code dev_kfree_skb_irq}): accepted at once, put by the
     * transmit softirq.
     */
    record HardInterrupt(Skb skb) implements CpuMessage {}

    /**
     * Takes the CPU offline after what it accepted before.
     *
     * @param from who is told
     * @param parked what becomes of its parked heads
     * @param survivor where work goes that arrives later
     */
    record Offline(ActorName from, OfflinePolicy parked, CpuId survivor) implements CpuMessage {}

    /** Brings the CPU back; its cache is what it kept. */
    record Online(ActorName from) implements CpuMessage {}

    /** Parked heads of a CPU that went offline; this CPU puts them. Handed over. */
    record HandOver(ActorName from, int[] heads) implements CpuMessage {}

    /**
     * A NAPI instance that moves here from a CPU that went offline.
     *
     * @param napi the instance
     * @param fragsSkb its {@code napi->skb}, or null
     * @param held its held GRO units; handed over
     */
    record Adopt(NapiId napi, @Nullable Skb fragsSkb, HeldUnit[] held) implements CpuMessage {}

    /**
     * Heads that the receiver had taken from the slab, and on which skbs ended elsewhere. Taken in at once, whatever it
     * is doing, and answered by {@link SlabReply.Freed}; a CPU that was drained and has done nothing since sends them
     * home first.
     *
     * @param from who is answered
     * @param heads plain heads, in the order in which they were freed; handed over
     */
    record GiveBack(CpuId from, int[] heads) implements CpuMessage {}

    /** Gives everything back: a CPU its completion queue, NAPI instances and cache, a depot its magazines. */
    record Drain(ActorName from) implements CpuMessage, DepotMessage {}

    /**
     * Puts an skb that this CPU allocated, and that was read elsewhere, on its defer list ({@code
     * skb_attempt_defer_free}). The list is memory, not work: it is taken at once, whatever the CPU is doing, and
     * answered with {@link Deferred}. In the kernel the one who frees pushes it there under a lock.
     *
     * @param from the CPU or task that gives it up, and stands still until it is answered
     * @param fromNode its memory node
     * @param skb what is left of it: nothing is held but data
     */
    record Defer(ActorName from, NodeId fromNode, Skb skb) implements CpuMessage {}

    /**
     * The answer to a {@link Defer}.
     *
     * @param refused the skb if the list was full or its CPU offline, to be freed where it came from; otherwise null
     */
    record Deferred(@Nullable Skb refused) implements CpuMessage, TaskMessage {}

    /**
     * A task on this CPU ends an skb with softirqs off, which puts the head: work in its turn, answered with {@link
     * Deferred} when it is done. In the kernel the task does it itself ({@code kfree_skb_napi_cache}).
     *
     * @param from the task, which stands still meanwhile
     * @param skb the last reference to it
     */
    record FreeHere(ActorName from, Skb skb) implements CpuMessage {}

    /**
     * A task on this CPU asks with softirqs off for what is in the cache, which is not refilled for it: work in its turn,
     * answered with {@link Peeked}. In the kernel the task does it itself ({@code napi_skb_cache_get} without a refill).
     *
     * @param from the task
     */
    record Peek(ActorName from) implements CpuMessage {}

    /**
     * The answer to a {@link Peek}.
     *
     * @param head the head, or {@link Head#NONE}
     */
    record Peeked(int head) implements CpuMessage, TaskMessage {}

    /**
     * Lets the next {@code times} allocations of data in this CPU's softirq fail; heeded at once, whatever it is doing, and
     * instead of what was set before. The kernel's fault injection {@code fail_page_alloc} and {@code failslab} for what
     * skbs carry.
     */
    record FailData(int times) implements CpuMessage {}

    /** Answers with its counters at once, whatever it is doing. */
    record Report(ActorName from) implements CpuMessage, TaskMessage, SlabMessage, DepotMessage, NicMessage {}
}
