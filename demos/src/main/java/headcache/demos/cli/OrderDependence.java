package headcache.demos.cli;

import headcache.cpu.CpuPolicy;
import headcache.skb.CodePath;
import headcache.workload.RunResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Which figures of a run depend on the order in which messages of different CPUs were delivered.
 *
 * <p>Each CPU does its own operations in a given order, so what it counts depends on nothing else, as long as
 * no allocation fails and no head comes to it from another CPU, by a list, a depot or a message. Which heads it gets does: whose page is used, and, with several nodes, how far a
 * request goes and how many messages a spill is.
 */
final class OrderDependence {
    private static final List<String> OF_PAGES = List.of(
            "nodes.pages",
            "nodes.freeHeads",
            "nodes.pagesMade",
            "nodes.pagesGivenBack",
            "nodes.synchronisedOps",
            "nodes.synchronisedOpsPerBulkFree",
            "totals.batches",
            "verdict.heads",
            "verdict.headsHome");
    private static final List<String> OF_HOMES = List.of(
            "cpus.slabMessages",
            "cpus.remoteGets",
            "cpus.remotePuts",
            "nodes.bulkFrees",
            "nodes.bulkFreedHeads",
            "nodes.singleFrees",
            "nodes.remoteOut",
            "nodes.remoteIn",
            "nodes.remoteOps",
            "nodes.longestWalk",
            "nodes.headsInUse",
            "totals.messages",
            "totals.messagesPerPacket",
            "verdict.events");

    private final boolean concurrent;
    private final boolean failed;
    private final boolean shares;
    private final boolean manyNodes;

    OrderDependence(final RunSettings settings, final RunResult result) {
        this.concurrent = !settings.isDeterministic();
        this.failed = result.failed() > 0;
        final CpuPolicy policy = settings.options().policy();
        this.shares = policy.middle() != null || policy.kernel().takes(CodePath.DEFER_TO_OWNER);
        this.manyNodes = settings.machine().nodes() > 1;
    }

    /** Whether anything depends on it. */
    boolean any() {
        return concurrent;
    }

    /** Figures that count what CPUs did: gets, puts, refills, spills, suspensions, parked heads. */
    boolean ofCpus() {
        return concurrent && (failed || shares);
    }

    /** Figures that depend on the homes of heads: messages, and what each node was sent. */
    boolean ofHomes() {
        return concurrent && (failed || shares || manyNodes);
    }

    /** Figures that depend on the pages of heads. */
    boolean ofPages() {
        return concurrent;
    }

    /** Names of the fields in JSON that depend on it. */
    List<String> fields() {
        if (ofCpus()) {
            return List.of("cpus", "nodes", "depots", "totals", "verdict");
        }
        final List<String> fields = new ArrayList<>();
        if (ofPages()) {
            fields.addAll(OF_PAGES);
        }
        if (ofHomes()) {
            fields.addAll(OF_HOMES);
        }
        return fields;
    }
}
