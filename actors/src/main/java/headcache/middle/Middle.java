package headcache.middle;

import headcache.cache.CachePolicy;
import headcache.protocol.DepotId;
import headcache.protocol.NodeId;
import headcache.skb.Kernel;

/** What lies between the caches of CPUs and the slabs: heads that come and go together are traded there. */
public sealed interface Middle permits Magazines, Sheaves {

    /** What a CPU has, as one array. */
    CachePolicy cache();

    /** Whose code paths CPUs follow where nothing else is said. */
    Kernel kernel();

    /** How many heads are traded together. */
    int rounds();

    /** Whom a CPU of {@code memoryNode} trades with. */
    DepotId depotOf(NodeId memoryNode);

    /** Whether a CPU always waits for the answer when it gives, because it may be told to keep what it gave. */
    boolean mayRefuse();
}
