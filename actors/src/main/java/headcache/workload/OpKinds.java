package headcache.workload;

import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.ArrayList;
import java.util.List;

/**
 * The kinds of operations that a workload has, by number: each an {@link Op} without its skb. An {@link Op.BuildBulk} of
 * n skbs is a kind for each n, and as an operation of a workload it is n of that kind, one right after the other.
 *
 * <p>There are few, so an operation of a workload is a few numbers, and the objects that the actors are sent
 * are made once for each kind and slot.
 */
public final class OpKinds {
    private final List<Op> kinds = new ArrayList<>();

    /** The number of allocations by {@code way}, any node, no flags. */
    public int in(WayIn way) {
        return of(Op.allocate(way, 0));
    }

    /** The number of releases by {@code way}. */
    public int out(WayOut way) {
        return of(Op.release(way, 0));
    }

    /** The number of operations that are {@code op} but for their slots; a new one if there are none yet. */
    public int of(Op op) {
        final Op kind = at(op, 0, Op.NO_SLOT);
        final int known = kinds.indexOf(kind);
        if (known >= 0) {
            return known;
        }
        kinds.add(kind);
        return kinds.size() - 1;
    }

    /** How many kinds there are. */
    public int size() {
        return kinds.size();
    }

    /** An operation of kind {@code kind}, its slots without meaning. */
    public Op get(int kind) {
        return kinds.get(kind);
    }

    /** Whether operations of kind {@code kind} begin an skb. */
    public boolean allocates(int kind) {
        final Op op = kinds.get(kind);
        return op instanceof Op.Allocate || op instanceof Op.Clone || op instanceof Op.BuildBulk;
    }

    /** {@code kind} on the skb of {@code slot}; {@code other} is the slot of the other skb, if it takes one. */
    static Op at(Op kind, int slot, int other) {
        if (kind instanceof Op.Allocate op) {
            return new Op.Allocate(op.way(), slot, op.flags(), op.node(), op.dataFails());
        } else if (kind instanceof Op.Release op) {
            return new Op.Release(op.way(), slot, other);
        } else if (kind instanceof Op.Attach op) {
            return new Op.Attach(slot, op.what());
        } else if (kind instanceof Op.Clone) {
            return new Op.Clone(slot, other);
        } else if (kind instanceof Op.Share) {
            return new Op.Share(slot);
        }
        return kind;
    }
}
