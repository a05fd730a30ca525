package headcache.protocol;

/**
 * The counters of a CPU's softirq since boot.
 *
 * @param gets heads asked of the cache, failed ones included
 * @param failedGets gets that found the cache empty and the slab without a full refill
 * @param puts heads given to the cache
 * @param recycled gets served by a head that a put had returned
 * @param refills bulk allocations that delivered
 * @param failedRefills bulk allocations that delivered nothing
 * @param fetched heads delivered by refills
 * @param spills bulk frees, those of flushes included
 * @param spilled heads given back so
 * @param singleAllocs objects asked of the slab singly, past the cache
 * @param singleFrees objects given to the slab singly, past the cache
 * @param suspensions times the softirq stood still until the slab had answered
 * @param slabMessages messages sent to slabs
 * @param framesDropped frames that got no head, or that found the backlog full
 * @param remoteGets gets of heads whose home is not this CPU's memory node
 * @param remotePuts puts of such heads
 * @param parked heads in the cache now, or between it and those of other CPUs
 * @param handedBack puts of heads that another CPU's socket handed back
 * @param deferred skbs that were put on its defer list
 * @param deferRefused skbs that were not, because it was full or the CPU offline
 * @param deferKicks times the list's length raised a softirq to empty it
 * @param onDeferList skbs on the list now: parked, with their data, until the next poll
 * @param setAside heads that were not put but set aside for the CPU that owns them
 * @param posts messages in which they went to their owners
 * @param takenBack own heads that others gave back, and that were taken into the cache
 */
public record CpuReport(
        long gets,
        long failedGets,
        long puts,
        long recycled,
        long refills,
        long failedRefills,
        long fetched,
        long spills,
        long spilled,
        long singleAllocs,
        long singleFrees,
        long suspensions,
        long slabMessages,
        long framesDropped,
        long remoteGets,
        long remotePuts,
        int parked,
        long handedBack,
        long deferred,
        long deferRefused,
        long deferKicks,
        int onDeferList,
        long setAside,
        long posts,
        long takenBack)
        implements Report {

    /** Bulk calls to the slab layer: refills, failed ones included, and spills; and messages to owners of heads. */
    public long contacts() {
        return refills + failedRefills + spills + posts;
    }

    /** Gets that were served, from the cache or by a refill. */
    public long served() {
        return gets - failedGets;
    }

    /**
     * 1 - heads fetched / gets that were served; 0 if none was, or if more were fetched. Gets that failed are left out, or
     * a CPU that never got a head would have the best rate of all. What a depot gave counts as fetched.
     */
    public double hitRate() {
        return served() == 0 ? 0 : Math.max(0, 1 - (double) fetched / served());
    }
}
