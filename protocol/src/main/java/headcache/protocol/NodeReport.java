package headcache.protocol;

/**
 * The counters of a node's slab of plain heads since boot, and what it holds now.
 *
 * @param pages pages now
 * @param freeHeads free heads on them
 * @param headsInUse heads handed out, parked ones included
 * @param pagesMade new pages since boot
 * @param pagesGivenBack empty pages given back since boot
 * @param bulkAllocs bulk requests that were first asked here
 * @param bulkAllocsFailed bulk requests that this node answered with nothing, being the last that was asked
 * @param singleAllocs single requests that were first asked here, of either kind
 * @param bulkFrees bulk frees, those of heads that a failed request had collected included
 * @param bulkFreedHeads heads they brought
 * @param synchronisedOps synchronised operations of the bulk frees: detached free lists pushed
 * @param singleFrees single frees
 * @param remoteOut heads and pairs handed out for requests that were first asked at another node
 * @param remoteIn heads and pairs given back for CPUs of another memory node
 * @param remoteOps operations on its pages for CPUs of another memory node: synchronised ones of bulk frees, single
 *     allocations and single frees
 * @param longestWalk most messages between slabs that one request took which was answered here
 * @param pairsInUse fclone pairs handed out
 */
public record NodeReport(
        int pages,
        int freeHeads,
        int headsInUse,
        long pagesMade,
        long pagesGivenBack,
        long bulkAllocs,
        long bulkAllocsFailed,
        long singleAllocs,
        long bulkFrees,
        long bulkFreedHeads,
        long synchronisedOps,
        long singleFrees,
        long remoteOut,
        long remoteIn,
        long remoteOps,
        int longestWalk,
        int pairsInUse)
        implements Report {}
