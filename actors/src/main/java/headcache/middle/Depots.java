package headcache.middle;

import headcache.protocol.DepotId;
import headcache.protocol.NodeId;

/** Places between CPUs and slabs where heads that come and go together are traded. */
public sealed interface Depots extends Middle permits Magazines, Sheaves {

    /** How many heads are traded together. */
    int rounds();

    /** Whom a CPU of {@code memoryNode} trades with. */
    DepotId depotOf(NodeId memoryNode);

    /** Whether a CPU always waits for the answer when it gives, because it may be told to keep what it gave. */
    boolean mayRefuse();
}
