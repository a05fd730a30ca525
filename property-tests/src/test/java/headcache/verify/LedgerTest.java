package headcache.verify;

import static headcache.verify.Scene.CPU0;
import static headcache.verify.Scene.CPU1;
import static headcache.verify.Scene.NODE0;
import static headcache.verify.Scene.NODE1;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** A right history gives no violation. */
final class LedgerTest extends LedgerCase {
    @Test
    void shouldFollowAHeadFromItsPageAndBack() {
        scene.refill(CPU0, H).getAndBorn(CPU0, H);
        assertThat(ledger.balance().in(Place.IN_USE)).isEqualTo(1);
        scene.step(CPU1, e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1));
        assertThat(ledger.balance().in(Place.IN_CACHE)).isEqualTo(1);
        scene.step(CPU1, e -> e.tell(EventKind.SPILL, H, 0));
        assertThat(ledger.balance().in(Place.GIVEN_UP)).isEqualTo(1);
        scene.step(NODE0, e -> e.slabIn(H));
        ledger.checkAllHome();

        assertHolds();
        assertThat(ledger.balance().known()).isEqualTo(1);
        assertThat(ledger.balance().in(Place.IN_SLAB)).isEqualTo(1);
        assertThat(ledger.begun()).isEqualTo(1);
        assertThat(ledger.ended()).isEqualTo(1);
    }

    @Test
    void shouldLetHeadsGoHomeThatAFailedRequestHadCollected() {
        scene.step(NODE1, e -> e.slabOut(REMOTE)).step(NODE1, e -> e.slabIn(REMOTE));
        ledger.checkAllHome();
        assertHolds();
    }

    @Test
    void shouldLetTwinsEndApart() {
        scene.allocate(TASK, PAIR, WayIn.ALLOC_SKB_FCLONE)
                .step(TASK, e -> e.born(PAIR, WayIn.SKB_CLONE))
                .step(
                        CPU0,
                        e -> e.dropData(PAIR)
                                .died(PAIR, WayOut.NAPI_CONSUME_SKB)
                                .tell(EventKind.SINGLE_FREE, PAIR, 0))
                .step(NODE0, e -> e.tell(EventKind.SLAB_HALF, PAIR, 0))
                .free(TASK, PAIR, WayOut.KFREE_SKB);
        ledger.checkAllHome();
        assertHolds();
    }

    @Test
    void shouldLetAnAggregateOwnTheDataOfAStolenHeadThatIsUsedAgain() {
        final int aggregate = Head.plain(0, 1);
        scene.allocate(CPU0, aggregate, WayIn.BUILD_SKB)
                .refill(CPU0, H)
                .getAndBorn(CPU0, H)
                .step(
                        CPU0,
                        e -> e.tell(EventKind.DATA_ADOPTED, H, aggregate)
                                .died(H, WayOut.GRO_STOLEN_HEAD)
                                .put(H, 1))
                .getAndBorn(CPU0, H)
                .step(
                        CPU0,
                        e -> e.dropData(aggregate)
                                .dropData(H)
                                .died(aggregate, WayOut.KFREE_SKB)
                                .tell(EventKind.SINGLE_FREE, aggregate, 0))
                .step(NODE0, e -> e.slabIn(aggregate))
                .free(CPU0, H, WayOut.KFREE_SKB);
        ledger.checkAllHome();
        assertHolds();
    }

    @Test
    void shouldTakeDataOutOfTheBooksWhoseAggregateIsNotKnown() {
        scene.refill(CPU0, H)
                .getAndBorn(CPU0, H)
                .step(
                        CPU0,
                        e -> e.tell(EventKind.DATA_ADOPTED, H, Head.NONE)
                                .died(H, WayOut.GRO_STOLEN_HEAD)
                                .put(H, 1)
                                .tell(EventKind.SPILL, H, 0))
                .step(NODE0, e -> e.slabIn(H));
        ledger.checkAllHome();
        assertHolds();
    }

    @Test
    void shouldLetMembersEndWithTheirAggregate() {
        final int aggregate = Head.plain(0, 1);
        scene.allocate(CPU0, aggregate, WayIn.BUILD_SKB)
                .allocate(CPU0, H, WayIn.BUILD_SKB)
                .step(CPU0, e -> e.tell(EventKind.LINKED, H, aggregate))
                .step(
                        TASK,
                        e -> e.dropData(aggregate)
                                .dropData(H)
                                .died(H, WayOut.GRO_LIST_MEMBER)
                                .tell(EventKind.SINGLE_FREE, H, 0)
                                .died(aggregate, WayOut.KFREE_SKB)
                                .tell(EventKind.SINGLE_FREE, aggregate, 0))
                .step(NODE0, e -> e.slabIn(aggregate).slabIn(H));
        ledger.checkAllHome();
        assertHolds();
    }

    @Test
    void shouldKnowWhatWasParkedAtBoot() {
        ledger.startParked(CPU1, H);
        scene.getAndBorn(CPU1, H).free(CPU1, H, WayOut.KFREE_SKB);
        ledger.checkAllHome();
        assertHolds();
    }

    @Test
    void shouldPassOnWhatASurvivorPuts() {
        scene.refill(CPU0, H)
                .step(CPU0, e -> e.tell(EventKind.HANDED_OVER, H, 1))
                .step(CPU1, e -> e.put(H, 1));
        assertHolds();
        assertThat(ledger.balance().in(Place.IN_CACHE)).isEqualTo(1);
    }

    @Test
    void shouldCountGetsThatFailWhileOthersHaveHeads() {
        scene.refill(CPU0, H);
        scene.step(CPU0, e -> e.tell(EventKind.GET_FAILED, Head.NONE, 0));
        assertThat(ledger.failedWhileParked()).isZero();
        scene.step(CPU1, e -> e.tell(EventKind.GET_FAILED, Head.NONE, 0));
        assertThat(ledger.failedWhileParked()).isEqualTo(1);
        assertHolds();
    }
}
