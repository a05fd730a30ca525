package headcache.protocol;

/** What becomes of a received frame. */
public enum Verdict {
    /** Merged into its flow's held unit, buffer taken over: the head is put at once. */
    MERGE_STOLEN,
    /** Merged into its flow's held unit, payload taken over: released, put. */
    MERGE_FREE,
    /** Merged into its flow's held unit as a member of the frag_list: keeps its head. */
    MERGE_LIST,
    /** Merged on the frags path: {@code napi->skb} is used again for the next frame. */
    MERGE_REUSE,
    /** Becomes its flow's held unit; goes to its destination at the GRO flush. */
    HOLD,
    /** Handed on at once, to its destination. */
    PASS,
    /** Dropped by the stack ({@code kfree_skb}): past the cache. */
    DROP
}
