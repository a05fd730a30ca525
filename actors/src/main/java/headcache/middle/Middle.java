package headcache.middle;

import headcache.cache.CachePolicy;
import headcache.skb.Kernel;

/** What lies between the caches of CPUs and the slabs, or between those of two CPUs. */
public sealed interface Middle permits Depots, Batches {

    /** What a CPU has, as one array. */
    CachePolicy cache();

    /** Whose code paths CPUs follow where nothing else is said. */
    Kernel kernel();
}
