package headcache.protocol;

/**
 * A kernel function that allocates an skb.
 *
 * <p>Which of them the head cache may serve is semantics 5 of the design: {@code napi_*} always,
 * {@code __alloc_skb} under conditions, the others never.
 */
public enum WayIn {
    /** A head around a buffer that the driver already has, from NAPI context. */
    NAPI_BUILD_SKB("napi_build_skb"),
    /** Page-fragment path: the data comes first, and a failed head frees it. */
    NAPI_ALLOC_SKB_FRAG("napi_alloc_skb"),
    /** kmalloc path: the head comes first, and failed data sends it to the slab. */
    NAPI_ALLOC_SKB_KMALLOC("napi_alloc_skb"),
    /** {@code napi->skb} of the NAPI instance, allocated when it has none. */
    NAPI_GET_FRAGS("napi_get_frags"),
    /** The general function, with flags and a node. */
    ALLOC_SKB_FLAGS("__alloc_skb"),
    /** A head around a buffer, from any context. */
    BUILD_SKB("build_skb"),
    /** Receive buffer from any context, on a page fragment: the data comes first, the head as in {@code build_skb}. */
    NETDEV_ALLOC_SKB("netdev_alloc_skb"),
    /** {@code __alloc_skb} without flags, any node. */
    ALLOC_SKB("alloc_skb"),
    /** {@code __alloc_skb} with {@link AllocFlag#FCLONE}: a pair of twins. */
    ALLOC_SKB_FCLONE("alloc_skb_fclone"),
    /** A second skb on the same data. */
    SKB_CLONE("skb_clone");

    private final String kernelName;

    WayIn(String kernelName) {
        this.kernelName = kernelName;
    }

    /** The function's name in the kernel. */
    public String kernelName() {
        return kernelName;
    }
}
