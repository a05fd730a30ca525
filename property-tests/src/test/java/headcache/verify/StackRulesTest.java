package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** A refill too early and a spill that is missing are found. */
final class StackRulesTest extends HandPlayed {
    @Test
    void aRefillThatIsNotNeeded() {
        refilled(H);
        cpu0.takes(WORK, out -> out.event(EventKind.REFILL_ASKED, Head.NONE, 1));
        assertFirst(Invariant.I11, Head.NONE, "a refill was asked for though the cache is not empty");
    }

    @Test
    void aCacheThatIsFullAndDoesNotSpill() {
        for (int index = 1; index <= 3; index++) {
            final int head = Head.plain(0, index);
            final int count = index;
            node0.takes(new SlabMessage.SingleAlloc(CPU0, SlabKind.HEAD, true, false), out -> {
                out.event(EventKind.SLAB_OUT, head, 0);
                out.send(CPU0, new SlabReply.Allocated(head));
            });
            cpu0.takes(WORK, out -> {
                out.event(EventKind.SINGLE_ALLOC, head, 0);
                out.event(EventKind.BORN, head, WayIn.BUILD_SKB.ordinal());
                out.event(EventKind.DATA_TAKEN, head, 0);
                out.event(EventKind.DATA_DROPPED, head, 0);
                out.event(EventKind.DIED, head, WayOut.NAPI_CONSUME_SKB.ordinal());
                out.event(EventKind.PUT, head, count);
            });
        }
        assertThat(watch.violation()).isNull();
        watch.ended();
        assertFirst(Invariant.I11, Head.NONE, "a full cache did not spill all it has to: left=2");
    }
}
