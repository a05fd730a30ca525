package headcache.cache;

/**
 * The parameters of a head cache that is one array: how many heads it holds, and how many come and go
 * at once. All are independent of one another, but nothing larger than the array can come or go.
 *
 * <p>A refill may be as large as the array: the get that asked for it pops at once and leaves {@code
 * capacity - 1} heads, so the cache is full for that moment only, and only a put spills.
 *
 * @param capacity slots of the array, 1 to {@value #CAPACITY_LIMIT}; the put that fills the last one spills
 * @param refill heads that a get on an empty cache asks the slab for, 1 to {@code capacity}
 * @param spill heads that a put into the last slot gives back to the slab, 1 to {@code capacity}
 * @param spillEnd which heads those are
 */
public record CachePolicy(int capacity, int refill, int spill, SpillEnd spillEnd) {
    /** The largest capacity: slots are numbered in 16 bits. */
    public static final int CAPACITY_LIMIT = 65_535;

    /** The head cache as it was merged in v5.12: {@code NAPI_SKB_CACHE_SIZE}, {@code _BULK} and {@code _HALF}. */
    public static final CachePolicy LINUX_5_12 = new CachePolicy(64, 16, 32, SpillEnd.NEWEST);

    /**
     * The buffer of the kernel before v5.12, which took puts only: 64 heads, all given back when the last
     * slot is filled, and what is left at the end of each softirq. It serves no gets; that, and the flush
     * at the end, is a matter of the CPU, not of the array, so {@code refill} is never used.
     */
    public static final CachePolicy BEFORE_SERIES = new CachePolicy(64, 16, 64, SpillEnd.NEWEST);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    public CachePolicy {
        checkRange("capacity", capacity, CAPACITY_LIMIT, "the largest capacity there is");
        checkRange("refill", refill, capacity, "capacity=" + capacity);
        checkRange("spill", spill, capacity, "capacity=" + capacity);
    }

    /** Slot of the first head that a spill takes: 0 from the oldest end, {@code capacity - spill} from the newest. */
    public int spillFloor() {
        return spillEnd == SpillEnd.NEWEST ? capacity - spill : 0;
    }

    /** As options have it: {@code 64/16/32 newest}. */
    @Override
    public String toString() {
        return capacity + "/" + refill + "/" + spill + (spillEnd == SpillEnd.NEWEST ? " newest" : " oldest");
    }

    private static void checkRange(String what, int value, int limit, String reason) {
        if (value < 1 || value > limit) {
            throw new IllegalArgumentException(
                    "impossible cache policy: " + what + "=" + value + " must be 1 to " + limit + " (" + reason + ")");
        }
    }
}
