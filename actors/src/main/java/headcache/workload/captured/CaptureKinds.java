package headcache.workload.captured;

import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.workload.OpKinds;

/** The numbers of the operations that captured frames are made into. */
public final class CaptureKinds {
    private final OpKinds all = new OpKinds();

    /** For long frames: a head around the buffer. */
    final int build = all.in(WayIn.NAPI_BUILD_SKB);

    /** For short frames: a head and a small buffer into which they are copied. */
    final int small = all.in(WayIn.NAPI_ALLOC_SKB_FRAG);

    /** For the pieces of a unit that is cut up in software. */
    final int plain = all.in(WayIn.ALLOC_SKB);

    final int route = all.of(new Op.Attach(0, Held.DST));
    final int own = all.of(new Op.Attach(0, Held.SOCKET));
    final int stolen = all.out(WayOut.GRO_STOLEN_HEAD);
    final int listed = all.out(WayOut.GRO_LIST_MEMBER);
    final int consume = all.out(WayOut.NAPI_CONSUME_SKB);
    final int kfree = all.out(WayOut.KFREE_SKB);
    final int pollEnd = all.of(new Op.PollEnd());

    /** All of them. */
    public OpKinds all() {
        return all;
    }
}
