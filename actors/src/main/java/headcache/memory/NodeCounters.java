package headcache.memory;

import headcache.protocol.NodeReport;
import headcache.slab.NodeSlab;

/** What one node counts since boot; see {@link NodeReport} for what each counter says. */
final class NodeCounters {
    long bulkAllocs;
    long bulkAllocsFailed;
    long singleAllocs;
    long bulkFrees;
    long bulkFreedHeads;
    long synchronisedOps;
    long singleFrees;
    long remoteOut;
    long remoteIn;
    long remoteOps;
    int longestWalk;

    NodeCounters() {}

    NodeCounters(NodeCounters other) {
        bulkAllocs = other.bulkAllocs;
        bulkAllocsFailed = other.bulkAllocsFailed;
        singleAllocs = other.singleAllocs;
        bulkFrees = other.bulkFrees;
        bulkFreedHeads = other.bulkFreedHeads;
        synchronisedOps = other.synchronisedOps;
        singleFrees = other.singleFrees;
        remoteOut = other.remoteOut;
        remoteIn = other.remoteIn;
        remoteOps = other.remoteOps;
        longestWalk = other.longestWalk;
    }

    NodeReport report(NodeSlab heads, NodeSlab pairs) {
        return new NodeReport(
                heads.pages(),
                heads.freeHeads(),
                heads.inUse(),
                heads.pagesMade(),
                heads.pagesGivenBack(),
                bulkAllocs,
                bulkAllocsFailed,
                singleAllocs,
                bulkFrees,
                bulkFreedHeads,
                synchronisedOps,
                singleFrees,
                remoteOut,
                remoteIn,
                remoteOps,
                longestWalk,
                pairs.inUse());
    }
}
