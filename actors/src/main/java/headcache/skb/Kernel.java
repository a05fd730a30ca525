package headcache.skb;

/**
 * Which kernel's code paths are followed. The reference is v5.12 with the later fixes to this code.
 *
 * @param servesGets whether the series is applied; without it the array only collects frees, is
 *     flushed at the end of each softirq, and every allocation goes to the slab
 * @param laterFixes whether twins are kept out of the cache on the GRO path (28b34f01a734), and the
 *     connection tracking reference of a stolen head or an skb that is used again (8550ff8d8c75) and the
 *     socket of a stolen head are released
 */
public record Kernel(boolean servesGets, boolean laterFixes) {
    /** v5.12 with the later fixes. */
    public static final Kernel LINUX_5_12 = new Kernel(true, true);

    /** v5.12 as it was released, with both bugs. */
    public static final Kernel LINUX_5_12_UNFIXED = new Kernel(true, false);

    /** The kernel before the series. */
    public static final Kernel LINUX_5_11 = new Kernel(false, true);
}
