package headcache.protocol;

/**
 * What a depot of magazines is told, or a barn of sheaves. A magazine, or sheaf, is a fixed number of heads that come
 * and go together.
 */
public sealed interface DepotMessage extends Message
        permits DepotMessage.TradeForFull,
                DepotMessage.TradeForEmpty,
                CpuMessage.Drain,
                CpuMessage.Report,
                SlabReply,
                Connect,
                Via,
                Marker {

    /**
     * Offers an empty magazine for a full one. Answered by {@link SlabReply.BulkAllocated}: with a full magazine, or,
     * where there is none, by the slab: with one head for a depot, as many as a sheaf has for a barn, or nothing.
     *
     * @param from who is answered
     * @param fromNode memory node of the sender, whose slab is asked if there is no full magazine
     */
    record TradeForFull(ActorName from, NodeId fromNode) implements DepotMessage {}

    /**
     * Offers a full magazine for an empty one, which is the answer {@link SlabReply.Freed}; or {@link
     * SlabReply.Refused} where a barn has no room.
     *
     * @param from who is told
     * @param heads plain heads, oldest first; handed over
     * @param acknowledge whether the sender waits for the answer
     */
    record TradeForEmpty(ActorName from, int[] heads, boolean acknowledge) implements DepotMessage {}
}
