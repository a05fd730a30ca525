package headcache.skb;

/** What a head cache counts; the meaning of each is that of {@link headcache.protocol.CpuReport}. */
public final class CacheCounters {
    long gets;
    long failedGets;
    long puts;
    long recycled;
    long refills;
    long failedRefills;
    long fetched;
    long spills;
    long spilled;
    long remoteGets;
    long remotePuts;
    long setAside;
    long posts;
    long takenBack;

    /** Heads asked of the cache. */
    public long gets() {
        return gets;
    }

    /** Gets that got nothing. */
    public long failedGets() {
        return failedGets;
    }

    /** Heads given to the cache. */
    public long puts() {
        return puts;
    }

    /** Gets served by a head that a put had returned. */
    public long recycled() {
        return recycled;
    }

    /** Bulk allocations that delivered. */
    public long refills() {
        return refills;
    }

    /** Bulk allocations that delivered nothing. */
    public long failedRefills() {
        return failedRefills;
    }

    /** Heads delivered by refills. */
    public long fetched() {
        return fetched;
    }

    /** Bulk frees. */
    public long spills() {
        return spills;
    }

    /** Heads given back by spills. */
    public long spilled() {
        return spilled;
    }

    /** Gets of heads whose home is another node. */
    public long remoteGets() {
        return remoteGets;
    }

    /** Puts of heads whose home is another node. */
    public long remotePuts() {
        return remotePuts;
    }

    /** Heads set aside for the CPUs that own them. */
    public long setAside() {
        return setAside;
    }

    /** Messages in which those went to their owners. */
    public long posts() {
        return posts;
    }

    /** Own heads that others gave back, and that were taken into the cache. */
    public long takenBack() {
        return takenBack;
    }

    /** An independent copy. */
    public CacheCounters copy() {
        final CacheCounters copy = new CacheCounters();
        copy.gets = gets;
        copy.failedGets = failedGets;
        copy.puts = puts;
        copy.recycled = recycled;
        copy.refills = refills;
        copy.failedRefills = failedRefills;
        copy.fetched = fetched;
        copy.spills = spills;
        copy.spilled = spilled;
        copy.remoteGets = remoteGets;
        copy.remotePuts = remotePuts;
        copy.setAside = setAside;
        copy.posts = posts;
        copy.takenBack = takenBack;
        return copy;
    }
}
