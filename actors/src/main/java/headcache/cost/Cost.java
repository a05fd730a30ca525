package headcache.cost;

/**
 * A constant of the cost model, in cycles of the processor that most of them were published for, an i7-4790K.
 *
 * <p>The constants of single and bulk calls are the curve {@code pair(n) = 32 / n + 15} through what was published for
 * allocating and freeing objects of 256 bytes: 47 cycles for single calls, and 17 for each of 16 at a time. Between, 28
 * were published at 2, 18 to 20 at 4 and 17 or 18 at 8, where the curve has 31, 23 and 19. Only the sum of the two halves
 * was published, so that it is split evenly.
 */
public enum Cost {
    /** A get that finds a head in the cache. */
    CACHED_GET(4, "get from the cache", "estimated: a load, a decrement and a store, all in the first-level cache"),
    /** A put that finds room in the cache; a head set aside for its owner, or laid in the cache when it came back. */
    CACHED_PUT(4, "put into the cache", "estimated: as a get"),
    /** One object from the slab. */
    SINGLE_ALLOC(
            23.5, "single allocation", "half of 47 cycles: Brouer, June 2015, 20150615155053.18824.617.stgit@devil"),
    /** One object to the slab. */
    SINGLE_FREE(23.5, "single free", "half of 47 cycles: as the single allocation"),
    /** A bulk allocation, whatever its size. */
    BULK_ALLOC(16, "bulk allocation, each", "fit to Brouer, September 2015, 20150928122634.15409.6956.stgit@canyon"),
    /** A head of a bulk allocation. */
    BULK_ALLOC_HEAD(7.5, "bulk allocation, each head", "the same fit"),
    /** A synchronised operation of a bulk free: a detached free list that is pushed. */
    BULK_FREE_OP(16, "bulk free, each synchronised operation", "the same fit: heads of one page are freed by one"),
    /** A head of a bulk free. */
    BULK_FREE_HEAD(7.5, "bulk free, each head", "the same fit"),
    /** A magazine that is traded at a depot: a lock that nobody else wants just then. */
    DEPOT_TRADE(104, "trade at a depot", "26 ns at 4 GHz: SuperMalloc, cost of a lock that is free"),
    /** An skb that is handed back to the CPU that allocated it: that CPU's list has a lock too. */
    HAND_BACK(104, "hand-over to another CPU's list", "as the trade: a lock that nobody else wants just then"),
    /** A message to the owner of heads: an exchange on a line that the owner looks at too, but not just then. */
    POST(104, "message to the owner of heads", "26 ns at 4 GHz, as for a lock that is free: SuperMalloc"),
    /**
     * An access to memory of another node, above what one to memory near by costs: a get of a head whose home is there, or
     * an operation of the slab on a page there.
     */
    REMOTE_ACCESS(
            496,
            "access to another node's memory",
            "124 ns at 4 GHz: idle latencies of 118 and 242 ns, Intel Memory Latency Checker 3.9 on two nodes (S. John,"
                    + " October 2020)"),
    /** A look at the page of a head that is put, where the kernel looks. */
    PAGE_LOOK(8, "look at a head's page", "estimated: two loads and two branches");

    private final double cycles;
    private final String what;
    private final String source;

    Cost(double cycles, String what, String source) {
        this.cycles = cycles;
        this.what = what;
        this.source = source;
    }

    /** How many cycles. */
    public double cycles() {
        return cycles;
    }

    /** What costs that, in a few words. */
    public String what() {
        return what;
    }

    /** Where the figure is from. */
    public String source() {
        return source;
    }
}
