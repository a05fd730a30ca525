package headcache.protocol;

/** A kernel function, or a branch of one, that ends an skb. */
public enum WayOut {
    /** Transmit completion inside a poll, budget not 0. */
    NAPI_CONSUME_SKB("napi_consume_skb"),
    /** The same call with budget 0: not in NAPI context, so the cache is bypassed. */
    NAPI_CONSUME_SKB_BUDGET_0("napi_consume_skb(0)"),
    /** Release all, put; the callers vouch that it is the last reference and not a twin. */
    KFREE_SKB_DEFER("__kfree_skb_defer"),
    /** GRO took over data and head of the buffer: only the {@code sk_buff} is left, and is put. */
    GRO_STOLEN_HEAD("napi_skb_free_stolen_head"),
    /** GRO copied or took over the payload: release all, put. */
    GRO_MERGED_FREE("GRO_MERGED_FREE"),
    /** GRO merged a frame of the frags path: {@code napi->skb} is emptied and used again in place. */
    GRO_FRAGS_REUSE("napi_reuse_skb"),
    /** GRO linked the frame to the aggregate's frag_list: freed singly with the aggregate. */
    GRO_LIST_MEMBER("skb_release_data"),
    /** The general free, past the cache. */
    KFREE_SKB("kfree_skb"),
    /** From hard interrupt: queued for this CPU's transmit softirq, which puts it. */
    DEV_KFREE_SKB_IRQ("dev_kfree_skb_irq"),
    /**
     * The end of an skb that somebody has read. From 5.19 on it goes back to the CPU that allocated it; in that CPU's own
     * softirq this is the end of its way, and the head is put. Before, whoever has read it frees it.
     */
    HAND_BACK("skb_attempt_defer_free");

    private final String kernelName;

    WayOut(String kernelName) {
        this.kernelName = kernelName;
    }

    /** The function's name in the kernel. */
    public String kernelName() {
        return kernelName;
    }
}
