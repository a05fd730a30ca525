package headcache.protocol;

/** Where a request to the slab looks for objects, in this order. */
public enum SlabPhase {
    /** Partial pages of the node that was asked. */
    LOCAL_PARTIAL,
    /** Other nodes' partial pages beyond their minimum, if the dice say so and any node will do. */
    REMOTE_PARTIAL,
    /** A new page on the node that was asked. */
    LOCAL_NEW_PAGE,
    /** The other nodes, nearest first: partial or new pages. */
    ZONE_LIST,
    /**
     * The emergency reserve of the node that was asked, then of the others, for entitled requests: as in the page
     * allocator, after the whole zone list without it.
     */
    RESERVE
}
