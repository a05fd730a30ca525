package headcache.protocol;

/**
 * The counters of a task since boot.
 *
 * @param singleAllocs objects asked of the slab
 * @param failedAllocs those that were refused
 * @param singleFrees objects given back
 * @param delivered skbs received
 * @param slabMessages messages sent to slabs
 */
public record TaskReport(long singleAllocs, long failedAllocs, long singleFrees, long delivered, long slabMessages)
        implements Report {}
