package headcache.step;

/** What can happen to a head, or to the softirq that asks for one. */
public enum EventKind {
    /** A CPU popped the head from its cache; detail: heads left. */
    GET,
    /** A get found the cache empty and the slab without a refill. */
    GET_FAILED,
    /** A CPU pushed the head on its cache; detail: heads in it, before any spill. */
    PUT,
    /** A CPU asked its slab for a refill; detail: how many heads. */
    REFILL_ASKED,
    /** A refill laid the head in a cache; detail: its slot. */
    REFILL,
    /** A refill delivered nothing. */
    REFILL_FAILED,
    /**
     * A CPU set out to get heads at once; detail: how many. A {@link #GET} for each from the cache, the lowest slot first,
     * a {@link #SHORTFALL} for each past it and a {@link #GET_FAILED} for each that is missing make up that many.
     */
    BULK_GET,
    /** A bulk get asked the slab for what the cache is short of; detail: how many heads. */
    SHORTFALL_ASKED,
    /** A bulk get took the head straight from the slab; detail: its place in the caller's array. */
    SHORTFALL,
    /** A bulk get was refused what the cache is short of. */
    SHORTFALL_FAILED,
    /** A spill took the head out of a cache; detail: its slot. */
    SPILL,
    /** A drain, or a kernel that keeps nothing parked, took the head out of a cache; detail: its slot. */
    FLUSH,
    /** A CPU or task took the head from the slab singly; detail: the node it asked. */
    SINGLE_ALLOC,
    /** The slab refused a single allocation; detail: the node that was asked. */
    SINGLE_ALLOC_FAILED,
    /** A CPU or task gave the head to the slab singly. */
    SINGLE_FREE,
    /** An skb began on the head; detail: ordinal of the {@link headcache.protocol.WayIn}. */
    BORN,
    /** An skb ended; detail: ordinal of the {@link headcache.protocol.WayOut}. */
    DIED,
    /** An allocation got a head but no data; detail: ordinal of the way in. */
    DATA_FAILED,
    /** A reference to data was taken; head: the data's name. */
    DATA_TAKEN,
    /** A reference to data was dropped; head: the data's name. */
    DATA_DROPPED,
    /** An aggregate took a merged frame's data over; head: the data's name; detail: the aggregate, if known. */
    DATA_ADOPTED,
    /** A page fragment was freed because no head could be had for it. */
    FRAGMENT_FREED,
    /** The skb took a reference to something; detail: ordinal of the {@link headcache.protocol.Held}. */
    HOLD,
    /** The skb released something; detail: ordinal of the {@link headcache.protocol.Held}. */
    UNHOLD,
    /** One more user of the skb; detail: users now. */
    SHARED,
    /** One user less, and others are left; detail: users now. */
    UNSHARED,
    /** The skb was linked to a frag_list; detail: the aggregate's head. */
    LINKED,
    /** {@code napi->skb} was emptied for the next frame. */
    REUSED,
    /** The skb was queued for the transmit softirq; detail: skbs queued. */
    QUEUED,
    /** The skb left a CPU or task for another actor. */
    SENT,
    /** Parked heads left a CPU that went offline for the survivor. */
    HANDED_OVER,
    /** A CPU gave the head from its cache to a task on it; detail: heads left. */
    PEEKED,
    /** A task took the head that its CPU gave it. */
    PEEK_TAKEN,
    /** The skb was put on the defer list of the CPU that allocated it; detail: skbs on that list. */
    DEFERRED,
    /** The skb was sent back, for the defer list was full or its CPU offline; detail: skbs on that list. */
    DEFER_REFUSED,
    /** A defer list raised the softirq that empties it; detail: skbs on it. */
    DEFER_KICKED,
    /** The softirq that a defer list raised begins, and the list may raise the next; detail: skbs on it. */
    DEFER_HEEDED,
    /** A frame was dropped before it got a head. */
    FRAME_DROPPED,
    /** The softirq stands still until its slab calls are answered. */
    SUSPENDED,
    /** The softirq goes on. */
    RESUMED,
    /** The CPU went offline; detail: heads parked. */
    WENT_OFFLINE,
    /** The CPU came back; detail: heads parked. */
    CAME_ONLINE,
    /** A CPU freed the head and set it aside for the CPU that owns it; detail: that CPU. */
    SET_ASIDE,
    /** A head that was set aside, or came back, left in a message to another CPU; detail: that CPU. */
    POSTED,
    /** The head came back to the CPU that owns it, and waits there; detail: heads that wait. */
    CAME_BACK,
    /** A get found the cache empty and took a head that had come back; detail: its slot. */
    TAKEN_BACK,
    /** A drain gave the head to its slab, which was set aside or came back. */
    SENT_HOME,
    /** A depot took the head in, in a full magazine; detail: its place in it. */
    DEPOT_IN,
    /** A depot handed the head out, in a full magazine; detail: its place in it. */
    DEPOT_OUT,
    /** A depot sent the head home, in a magazine that nobody needed or in a drain; detail: its place in it. */
    DEPOT_REAPED,
    /** The slab handed the head out; detail: the node. */
    SLAB_OUT,
    /** The head returned to its page; detail: the node. */
    SLAB_IN,
    /** One part of a pair returned, the other is still out; detail: the node. */
    SLAB_HALF
}
