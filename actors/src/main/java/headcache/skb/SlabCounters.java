package headcache.skb;

/** What goes singly between a CPU or task and the slab, past any cache. */
public final class SlabCounters {
    long allocs;
    long failedAllocs;
    long frees;
    long handedBack;

    /** Objects asked of the slab. */
    public long allocs() {
        return allocs;
    }

    /** Those that were refused. */
    public long failedAllocs() {
        return failedAllocs;
    }

    /** Objects given back. */
    public long frees() {
        return frees;
    }

    /** Puts of heads that another CPU's socket handed back. */
    public long handedBack() {
        return handedBack;
    }

    /** An independent copy. */
    public SlabCounters copy() {
        final SlabCounters copy = new SlabCounters();
        copy.allocs = allocs;
        copy.failedAllocs = failedAllocs;
        copy.frees = frees;
        copy.handedBack = handedBack;
        return copy;
    }
}
