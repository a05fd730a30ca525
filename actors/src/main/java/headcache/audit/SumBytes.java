package headcache.audit;

import headcache.audit.AuditMessage.Arrived;
import headcache.audit.AuditMessage.Counted;
import headcache.protocol.SlabKind;
import headcache.skb.Encoding;
import headcache.step.HeadCount;
import headcache.step.HeadSums;
import headcache.step.StateBytes;

/** How what was counted is written into a state. */
public final class SumBytes {
    private static final SlabKind[] KINDS = SlabKind.values();

    private SumBytes() {}

    /** Writes an actor's part of a cut. */
    public static void put(StateBytes bytes, Counted counted) {
        Encoding.put(bytes, counted.who());
        bytes.put(counted.cut());
        put(bytes, counted.here());
        bytes.put(counted.arrived().size());
        for (final Arrived arrived : counted.arrived()) {
            Encoding.put(bytes, arrived.from());
            bytes.put(arrived.messages());
            put(bytes, arrived.heads());
        }
    }

    static void put(StateBytes bytes, HeadCount count) {
        put(bytes, count.all());
        put(bytes, count.inSlab());
        put(bytes, count.inCache());
        put(bytes, count.inUse());
    }

    static void put(StateBytes bytes, HeadSums heads) {
        for (int node = 0; node < heads.nodes(); node++) {
            for (final SlabKind kind : KINDS) {
                if (heads.count(node, kind) != 0 || heads.sum(node, kind) != 0) {
                    bytes.put(node + 1);
                    bytes.put(kind.ordinal());
                    bytes.put(heads.count(node, kind));
                    bytes.put(heads.sum(node, kind));
                }
            }
        }
        bytes.put(0);
    }
}
