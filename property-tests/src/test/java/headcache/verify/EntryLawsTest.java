package headcache.verify;

import headcache.protocol.Head;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** A head that is served by the wrong one, or given to the wrong one, is found at the step that does it. */
final class EntryLawsTest extends HandPlayed {
    @Test
    void anAllocationThatTheCacheMustServe() {
        node0.takes(new SlabMessage.SingleAlloc(CPU0, SlabKind.HEAD, true, false), out -> {
            out.event(EventKind.SLAB_OUT, H, 0);
            out.send(CPU0, new SlabReply.Allocated(H));
        });
        cpu0.takes(WORK, out -> {
            out.event(EventKind.SINGLE_ALLOC, H, 0);
            out.event(EventKind.BORN, H, WayIn.NAPI_BUILD_SKB.ordinal());
            out.event(EventKind.DATA_TAKEN, H, 0);
        });
        assertFirst(Invariant.I17, H, "napi_build_skb was served by the slab, not by the cache");
    }

    @Test
    void anAllocationThatTheSlabMustServe() {
        refilled(H);
        cpu0.takes(WORK, out -> {
            out.event(EventKind.GET, H, 0);
            out.event(EventKind.BORN, H, WayIn.BUILD_SKB.ordinal());
            out.event(EventKind.DATA_TAKEN, H, 0);
        });
        assertFirst(Invariant.I17, H, "build_skb was served by the cache, not by the slab");
    }

    @Test
    void headsGotAtOnceOnAKernelThatCannot() {
        cpu0.takes(WORK, out -> out.event(EventKind.BULK_GET, Head.NONE, 2));
        assertFirst(Invariant.I17, Head.NONE, "heads were got at once, of which this kernel knows nothing");
    }

    @Test
    void aHeadThatMustNotBePut() {
        born(H);
        cpu0.takes(WORK, out -> {
            out.event(EventKind.DATA_DROPPED, H, 0);
            out.event(EventKind.DIED, H, WayOut.KFREE_SKB.ordinal());
            out.event(EventKind.PUT, H, 1);
        });
        assertFirst(Invariant.I17, H, "ended by kfree_skb and went to the cache, not to the slab");
    }

    @Test
    void aHeadThatMustBePut() {
        born(H);
        cpu0.takes(WORK, out -> {
            out.event(EventKind.DATA_DROPPED, H, 0);
            out.event(EventKind.DIED, H, WayOut.NAPI_CONSUME_SKB.ordinal());
            out.event(EventKind.SINGLE_FREE, H, 0);
        });
        assertFirst(Invariant.I17, H, "ended by napi_consume_skb and went to the slab, not to the cache");
    }
}
