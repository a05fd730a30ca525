package headcache.protocol;

/** A flag that {@code __alloc_skb} takes. */
public enum AllocFlag {
    /** {@code SKB_ALLOC_FCLONE}: take a pair of twins from the fclone slab. */
    FCLONE,
    /** {@code SKB_ALLOC_RX}: data for reception, which may draw on the reserve. */
    RX,
    /** {@code SKB_ALLOC_NAPI}: the caller runs in NAPI context, so the head cache may serve it. */
    NAPI;

    /** This flag's bit in {@link Op.Allocate#flags()}. */
    public int bit() {
        return 1 << ordinal();
    }

    /** Whether {@code flags} has this flag. */
    public boolean in(int flags) {
        return (flags & bit()) != 0;
    }
}
