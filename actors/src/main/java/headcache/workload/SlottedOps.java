package headcache.workload;

import headcache.protocol.Op;

/** The operations of a workload as actors are sent them, made beforehand for each kind and slot. */
final class SlottedOps {
    private final Op[] kinds;
    private final Op[][] made;
    private final boolean[] allocates;
    private final int[] bulk;

    SlottedOps(OpKinds kinds, int slots) {
        this.kinds = new Op[kinds.size()];
        this.made = new Op[kinds.size()][slots];
        this.allocates = new boolean[kinds.size()];
        this.bulk = new int[kinds.size()];
        for (int kind = 0; kind < made.length; kind++) {
            this.kinds[kind] = kinds.get(kind);
            allocates[kind] = kinds.allocates(kind);
            bulk[kind] = kinds.get(kind) instanceof Op.BuildBulk op ? op.slots().size() : 0;
            for (int slot = 0; slot < slots; slot++) {
                made[kind][slot] = OpKinds.at(kinds.get(kind), slot, Op.NO_SLOT);
            }
        }
    }

    /** Kind {@code kind} on the skb of {@code slot}; only those on two skbs are made anew. */
    Op at(int kind, int slot, int other) {
        if (slot == Op.NO_SLOT) {
            return kinds[kind];
        }
        return other == Op.NO_SLOT ? made[kind][slot] : OpKinds.at(kinds[kind], slot, other);
    }

    boolean allocates(int kind) {
        return allocates[kind];
    }

    /** How many skbs an operation of kind {@code kind} begins at once; 0 if it is none of these. */
    int bulk(int kind) {
        return bulk[kind];
    }
}
