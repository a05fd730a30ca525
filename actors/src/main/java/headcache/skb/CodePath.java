package headcache.skb;

/**
 * A place where the code of one kernel takes another way than that of the next. Which ways a {@link Kernel} takes is
 * all that tells it from others here.
 */
public enum CodePath {
    /** A softirq ends with {@code __kfree_skb_flush}, which gives all that is parked to the slab; until fec6e49b6398. */
    FLUSH_AFTER_SOFTIRQ,
    /** {@code napi_build_skb} takes its head from the cache; since f450d539c05a. */
    BUILD_FROM_CACHE,
    /** {@code __alloc_skb} takes its head from the cache when asked with {@code SKB_ALLOC_NAPI}; since d13612b58e64. */
    FLAG_FROM_CACHE,
    /** {@code napi_alloc_skb} and {@code napi_get_frags} take their heads from the cache; since cfb8ec659521. */
    NAPI_ALLOC_FROM_CACHE,
    /** GRO puts the heads of frames that it merged; since 9243adfc311a. */
    MERGED_TO_CACHE,
    /**
     * GRO keeps twins out of the cache (28b34f01a734), and the connection tracking reference of a stolen head or an
     * skb that is used again (8550ff8d8c75) and the socket of a stolen head are released.
     */
    LATER_FIXES,
    /**
     * A softirq ends with what is above half of the array given to the slab: tried on v5 of the series at a reviewer's
     * request, and dropped because it cost throughput.
     */
    HALVE_AFTER_SOFTIRQ,
    /**
     * A softirq ends with the array brought to half, by giving back what is above or asking for what is missing: v1 and
     * v2 of the series, dropped as pointless for so few heads.
     */
    BALANCE_AFTER_SOFTIRQ,
    /**
     * Every allocation in a softirq takes its head from the cache, {@code build_skb}, {@code netdev_alloc_skb} and
     * {@code alloc_skb} too: v3 of the series, which asked {@code in_serving_softirq}; dropped for opting in.
     */
    ALL_FROM_CACHE,
    /**
     * A head whose page is of another memory node or from the emergency reserve is not put but freed: the check of every
     * head's page that the series' mail names and rejects as too dear. Sheaves make it.
     */
    LOOK_AT_PAGE,
    /**
     * An skb that was read on another CPU is handed back to the CPU that allocated it, and waits on that CPU's defer list
     * for the end of its next poll ({@code skb_attempt_defer_free}): since 68822bdf76f1.
     */
    DEFER_TO_OWNER,
    /**
     * At each CPU every memory node from which skbs are handed back has a list of its own, without a lock. Who hands back
     * is counted first, so that a list is full at one less than {@code skb_defer_max}: since 5628f3fe3b16.
     */
    DEFER_BY_NODE,
    /**
     * What a task frees on the CPU that allocated it, and what a defer list refuses, is put where it is, softirqs being
     * off ({@code kfree_skb_napi_cache}): since 6.10.
     */
    READ_TO_CACHE,
    /** {@code napi_consume_skb} puts only what its own CPU allocated, and hands back the rest: since e20dfbad8aab. */
    ALIEN_TO_OWNER,
    /**
     * {@code __alloc_skb} without {@code SKB_ALLOC_NAPI}, in a task too, takes what is in the cache, which is not refilled
     * for that, before it asks the slab: since 6.19.
     */
    PEEK_BEFORE_SLAB,
    /** XDP's cpumap gets the heads for its frames at once ({@code napi_skb_cache_get_bulk}): since ed16b8a4d1ca. */
    BULK_GET,
    /** Nothing is ever put: every head goes to the slab singly. No kernel since 2016 does that; a baseline. */
    NOTHING_PUT,
    /** A head that another CPU allocated is not put but set aside for that CPU: snmalloc, no kernel. */
    FOREIGN_TO_OWNER
}
