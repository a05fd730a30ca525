package headcache.protocol;

/** What the slab of a memory node is told. */
public sealed interface SlabMessage extends Message
        permits SlabMessage.BulkAlloc,
                SlabMessage.SingleAlloc,
                SlabMessage.PassedOn,
                SlabMessage.BulkFree,
                SlabMessage.SingleFree,
                SlabMessage.Failslab,
                SlabMessage.LimitPages,
                SlabMessage.PreferRemote,
                CpuMessage.Report,
                Connect,
                Via,
                Marker {

    /**
     * Asks for {@code count} heads of any node, all or nothing: {@code kmem_cache_alloc_bulk} with
     * plain {@code GFP_ATOMIC}.
     */
    record BulkAlloc(ActorName from, int count) implements SlabMessage {}

    /**
     * Asks for one object: {@code kmem_cache_alloc_node}.
     *
     * @param from who is answered
     * @param kind plain head or pair of twins
     * @param anyNode whether the request has no preference; otherwise the node it was sent to is
     *     preferred
     * @param entitled whether it may draw on the emergency reserve
     */
    record SingleAlloc(ActorName from, SlabKind kind, boolean anyNode, boolean entitled) implements SlabMessage {}

    /**
     * A request that the sender could not complete, with what was collected so far.
     *
     * @param from who asked
     * @param origin the node that was asked first
     * @param kind what is asked for
     * @param count how many
     * @param bulk whether the answer is a bulk answer
     * @param anyNode whether the request has no preference
     * @param entitled whether it may draw on the reserve
     * @param phase where a place is looked for
     * @param visited how many nodes other than {@code origin} this phase has come to, the receiver included
     * @param hops messages between slabs so far, this one included
     * @param collected the heads collected so far, handed over
     */
    record PassedOn(
            ActorName from,
            NodeId origin,
            SlabKind kind,
            int count,
            boolean bulk,
            boolean anyNode,
            boolean entitled,
            SlabPhase phase,
            int visited,
            int hops,
            int[] collected)
            implements SlabMessage {}

    /**
     * Gives heads back to their pages here: {@code kmem_cache_free_bulk}.
     *
     * @param from who is told
     * @param fromNode memory node of the sender
     * @param heads plain heads whose home is here, in array order; handed over
     * @param acknowledge whether the sender waits for {@link SlabReply.Freed}
     */
    record BulkFree(ActorName from, NodeId fromNode, int[] heads, boolean acknowledge) implements SlabMessage {}

    /**
     * Gives one object back: {@code kmem_cache_free}.
     *
     * @param from who is told
     * @param fromNode memory node of the sender
     * @param head the object, whose home is here
     * @param half whether it is one part of a pair of which both were in use: the pair is free when
     *     both parts have come
     * @param acknowledge whether the sender waits for {@link SlabReply.Freed}
     */
    record SingleFree(ActorName from, NodeId fromNode, int head, boolean half, boolean acknowledge)
            implements SlabMessage {}

    /**
     * Lets the next {@code times} requests that come here first fail, whatever there is; instead of what was set before.
     * The kernel's fault injection {@code failslab} with probability 100 and {@code times}.
     */
    record Failslab(int times) implements SlabMessage {}

    /**
     * Sets how many pages of plain heads ordinary requests can have made from now on, at most as many as at boot: others
     * on this node take memory, and give it back. Pages beyond that stay until they are empty.
     */
    record LimitPages(int pages) implements SlabMessage {}

    /**
     * Sets how readily partial pages of other nodes are preferred to a new page here, 0 (never) to 1024 (always): a write
     * to {@code remote_node_defrag_ratio} in {@code /sys/kernel/slab}.
     */
    record PreferRemote(int ratio) implements SlabMessage {}
}
