package headcache.workload.conform;

import headcache.protocol.Op;
import headcache.workload.trace.Route;
import org.jspecify.annotations.Nullable;

/** The operations of a replay, made once for each call and slot, because they have no state. */
final class OpTable {
    private final ReplayPlan plan;
    private final @Nullable Op[][] made;

    OpTable(ReplayPlan plan) {
        this.plan = plan;
        this.made = new Op[plan.recording().callCount()][BatchFeed.LONGEST];
    }

    /** What {@code row} does, on the skb of {@code slot}. */
    Op of(int row, int slot) {
        final @Nullable Op[] ofCall = made[plan.recording().callId(row)];
        Op op = ofCall[slot];
        if (op == null) {
            op = make(plan.routes().of(row), slot);
            ofCall[slot] = op;
        }
        return op;
    }

    private static Op make(Route route, int slot) {
        if (route instanceof Route.In in) {
            return new Op.Allocate(in.way(), slot, in.flags(), in.node(), false);
        }
        return Op.release(((Route.Out) route).way(), slot);
    }
}
