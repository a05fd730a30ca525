package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.DriverMessage;
import headcache.protocol.Held;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** An skb that is sent and is not what it was made to be is found, at the step that sends it. */
final class SkbLawsTest extends HandPlayed {
    private void answers(Skb skb) {
        cpu0.takes(
                SlabReply.Freed.FREED,
                out -> out.send(DRIVER, new DriverMessage.BatchDone(CPU0, new Skb[] {skb}, 0, 0)));
    }

    private Skb alive() {
        born(H);
        cpu0.takes(WORK, out -> out.send(NODE0, new SlabMessage.BulkFree(CPU0, NODE0, new int[0], true)));
        return Skb.fresh(H, 0);
    }

    @Test
    void aFreshOneIsClean() {
        answers(alive());
        assertThat(watch.violation()).isNull();
    }

    @Test
    void oneThatCarriesSomethingFromAFormerLife() {
        answers(alive().holding(Held.SOCKET));
        assertFirst(Invariant.I7, H, "carries SOCKET, which it was never given in this life, at cpu-0; it is in use");
    }

    @Test
    void oneThatForgetsWhatItHolds() {
        final Skb skb = alive();
        cpu0.takes(WORK, out -> out.event(EventKind.HOLD, H, Held.DST.ordinal()));
        answers(skb);
        assertFirst(Invariant.I6, H, "carries no DST any more, which was not released");
    }

    @Test
    void oneThatCountsOtherUsers() {
        answers(alive().withUsers(2));
        assertFirst(Invariant.I9, H, "carries users=2, its events make users=1");
    }

    @Test
    void oneWithTheDataOfAnother() {
        answers(alive().cloneOn(OTHER, 0).cloneOn(H, 0).adopting(OTHER));
        assertFirst(Invariant.I7, H, "carries other data than it was given in this life");
    }

    @Test
    void oneThatIsOver() {
        alive();
        answers(Skb.fresh(OTHER, 0));
        assertFirst(Invariant.I2, OTHER, "handed on as an skb");
    }
}
