package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;

/** Calls that go to one actor as one batch, while they are gathered. */
final class OpenBatch {
    private final ActorName at;
    private final ArrayList<Op> calls = new ArrayList<>();
    private final BitSet slots = new BitSet();

    OpenBatch(ActorName at) {
        this.at = at;
    }

    ActorName at() {
        return at;
    }

    boolean has(int slot) {
        return slots.get(slot);
    }

    void add(Command.Call call) {
        calls.add(call.op());
        for (final int slot : call.slots()) {
            slots.set(slot);
        }
    }

    /** The driver's slots that the calls name, ascending: each has a place in the batch. */
    int[] home() {
        final int[] home = new int[slots.cardinality()];
        int slot = -1;
        for (int place = 0; place < home.length; place++) {
            slot = slots.nextSetBit(slot + 1);
            home[place] = slot;
        }
        return home;
    }

    /** The calls on the places of the batch, each of which stands for the slot that {@code home} has there. */
    Op[] ops(int[] home) {
        final Op[] moved = new Op[calls.size()];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = moved(calls.get(i), home);
        }
        return moved;
    }

    private static Op moved(Op op, int[] home) {
        if (op instanceof Op.Allocate a) {
            return new Op.Allocate(a.way(), place(a.slot(), home), a.flags(), a.node(), a.dataFails());
        } else if (op instanceof Op.BuildBulk b) {
            return new Op.BuildBulk(
                    b.slots().stream().map(slot -> place(slot, home)).toList());
        } else if (op instanceof Op.Clone c) {
            return new Op.Clone(place(c.slot(), home), place(c.into(), home));
        } else if (op instanceof Op.Share s) {
            return new Op.Share(place(s.slot(), home));
        } else if (op instanceof Op.Attach a) {
            return new Op.Attach(place(a.slot(), home), a.what());
        } else if (op instanceof Op.Release r) {
            final int into = r.into() == Op.NO_SLOT ? Op.NO_SLOT : place(r.into(), home);
            return new Op.Release(r.way(), place(r.slot(), home), into);
        }
        return op;
    }

    private static int place(int slot, int[] home) {
        return Arrays.binarySearch(home, slot);
    }
}
