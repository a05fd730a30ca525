package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabPhase;
import headcache.protocol.SlabReply;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** What a slab has in hand and does not pass on is found, at the step that does it. */
final class SlabLawsTest extends HandPlayed {
    private final SlabMessage asked = new SlabMessage.PassedOn(
            CPU0, NODE0, SlabKind.HEAD, 2, true, true, false, SlabPhase.ZONE_LIST, 1, 1, new int[] {H});

    @Test
    void whatAFailedRequestHadCollectedStays() {
        node0.takes(new SlabMessage.BulkAlloc(CPU0, 2), out -> {
            out.event(EventKind.SLAB_OUT, H, 0);
            out.send(NODE1, asked);
        });
        node1.takes(asked, out -> out.send(CPU0, new SlabReply.BulkAllocated(new int[0])));
        assertFirst(Invariant.I14, H, "was collected for a request that failed, and node-1 did not send it home");
    }

    @Test
    void whatAFailedRequestHadCollectedGoesHome() {
        node0.takes(new SlabMessage.BulkAlloc(CPU0, 2), out -> {
            out.event(EventKind.SLAB_OUT, H, 0);
            out.send(NODE1, asked);
        });
        node1.takes(asked, out -> {
            out.send(NODE0, new SlabMessage.BulkFree(NODE1, NODE0, new int[] {H}, false));
            out.send(CPU0, new SlabReply.BulkAllocated(new int[0]));
        });
        assertThat(watch.violation()).isNull();
    }

    @Test
    void aFreedHeadThatDoesNotReturnToItsPage() {
        node0.takes(new SlabMessage.BulkFree(CPU0, NODE0, new int[] {H}, false), out -> {});
        assertFirst(Invariant.I1, H, "came to node-0 and went nowhere from there");
    }

    @Test
    void aHeadThatTheSlabDoesNotHave() {
        node0.takes(
                new SlabMessage.BulkAlloc(CPU0, 1), out -> out.send(CPU0, new SlabReply.BulkAllocated(new int[] {H})));
        assertFirst(Invariant.I2, H, "node-0 gave it away, and did not have it");
    }
}
