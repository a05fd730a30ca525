package headcache.verify;

import static headcache.verify.Scene.CPU0;
import static headcache.verify.Scene.CPU1;
import static headcache.verify.Scene.NODE0;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** A head in two places is found at the event that shows it, and said to be where it was. */
final class LedgerOnePlaceTest extends LedgerCase {
    @Test
    void shouldFindAHeadPutTwice() {
        scene.refill(CPU0, H)
                .getAndBorn(CPU0, H)
                .step(CPU0, e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1))
                .step(CPU1, e -> e.put(H, 1));
        assertOnly(Invariant.I2, H, 9, "put by cpu-1, but it was in the cache of cpu-0 since step=4 event=8 (PUT)");
        assertThat(ledger.violations().get(0))
                .hasToString("I2 one place: head=n0/17 event=9: put by cpu-1, but it was in the cache of cpu-0"
                        + " since step=4 event=8 (PUT)");
    }

    @Test
    void shouldFindAHeadThatIsPutWhileItIsInUse() {
        scene.refill(CPU0, H).getAndBorn(CPU0, H).step(CPU0, e -> e.put(H, 1));
        assertOnly(
                Invariant.I9, H, 6, "put by cpu-0, but it was in use, allocated by cpu-0 since step=3 event=4 (BORN)");
    }

    @Test
    void shouldFindAHeadThatIsGotTwice() {
        scene.refill(CPU0, H).getAndBorn(CPU0, H).step(CPU0, e -> e.get(H, -1).tell(EventKind.SINGLE_FREE, H, 0));
        assertOnly(
                Invariant.I2,
                H,
                6,
                "got from its cache by cpu-0, but it was in use, allocated by cpu-0 since step=3 event=4 (BORN)");
    }

    @Test
    void shouldFindAHeadThatTheSlabHandsOutWhileItIsParked() {
        scene.refill(CPU0, H).step(NODE0, e -> e.slabOut(H));
        assertOnly(
                Invariant.I2,
                H,
                3,
                "handed out by node-0, but it was in the cache of cpu-0 since step=2 event=2 (REFILL)");
    }

    @Test
    void shouldFindAHeadThatTheSlabTakesBackWhileItIsParked() {
        scene.refill(CPU0, H).step(NODE0, e -> e.slabIn(H));
        assertOnly(
                Invariant.I2,
                H,
                3,
                "taken back by node-0, but it was in the cache of cpu-0 since step=2 event=2 (REFILL)");
    }

    @Test
    void shouldFindARefillWithAHeadThatNobodyHandedOut() {
        scene.step(CPU0, e -> e.tell(EventKind.REFILL, H, 0));
        assertOnly(
                Invariant.I2, H, 1, "laid in a cache by a refill by cpu-0, but it was in its slab, never handed out");
    }

    @Test
    void shouldFindASpilledHeadThatIsNotParked() {
        scene.allocate(CPU0, H, WayIn.BUILD_SKB).step(CPU0, e -> e.tell(EventKind.SPILL, H, 0));
        assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I2);
    }

    @Test
    void shouldFindAHeadThatIsFreedTwice() {
        scene.allocate(CPU0, H, WayIn.BUILD_SKB)
                .free(CPU0, H, WayOut.KFREE_SKB)
                .step(CPU1, e -> e.tell(EventKind.SINGLE_FREE, H, 0));
        assertOnly(
                Invariant.I2,
                H,
                9,
                "given to the slab by cpu-1, but it was in the slab of node-0 since step=4 event=8 (SLAB_IN)");
    }

    @Test
    void shouldFindAnSkbThatEndsTwice() {
        scene.allocate(CPU0, H, WayIn.BUILD_SKB)
                .free(CPU0, H, WayOut.KFREE_SKB)
                .step(CPU1, e -> e.died(H, WayOut.KFREE_SKB).tell(EventKind.SINGLE_FREE, H, 0));
        assertOnly(
                Invariant.I2, H, 9, "ended by cpu-1, but it was in the slab of node-0 since step=4 event=8 (SLAB_IN)");
    }

    @Test
    void shouldFindTwoSkbsOnOneHead() {
        scene.allocate(CPU0, H, WayIn.BUILD_SKB).step(CPU1, e -> e.tell(EventKind.BORN, H, WayIn.BUILD_SKB.ordinal()));
        assertOnly(
                Invariant.I3,
                H,
                5,
                "made an skb by cpu-1, but it was in use, allocated by cpu-0 since step=2 event=3 (BORN)");
    }

    @Test
    void shouldFindAThirdSkbOnAPair() {
        scene.allocate(TASK, PAIR, WayIn.ALLOC_SKB_FCLONE)
                .step(TASK, e -> e.born(PAIR, WayIn.SKB_CLONE))
                .step(TASK, e -> e.tell(EventKind.BORN, PAIR, WayIn.SKB_CLONE.ordinal()));
        assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I3);
    }

    @Test
    void shouldFindAnSkbOnAHeadThatNobodyTook() {
        scene.refill(CPU0, H).step(CPU0, e -> e.born(H, WayIn.NAPI_BUILD_SKB));
        assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I2);
    }

    @Test
    void shouldFindAUseOfAnSkbThatEnded() {
        scene.refill(CPU0, H)
                .getAndBorn(CPU0, H)
                .step(CPU0, e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1))
                .step(CPU0, e -> e.tell(EventKind.SENT, H, 0));
        assertOnly(Invariant.I2, H, 9, "sent by cpu-0, but it was in the cache of cpu-0 since step=4 event=8 (PUT)");
    }

    @Test
    void shouldFindACpuThatReachesIntoAnothersCache() {
        scene.refill(CPU0, H).step(CPU1, e -> e.get(H, -1).born(H, WayIn.NAPI_BUILD_SKB));
        assertOnly(
                Invariant.I10,
                H,
                3,
                "got from its cache by cpu-1, but it was in the cache of cpu-0 since step=2 event=2 (REFILL)");
    }

    @Test
    void shouldFindATaskThatPuts() {
        scene.allocate(TASK, H, WayIn.ALLOC_SKB)
                .step(TASK, e -> e.dropData(H).died(H, WayOut.KFREE_SKB).put(H, 1));
        assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I10);
    }

    @Test
    void shouldFindAPairInACache() {
        scene.allocate(TASK, PAIR, WayIn.ALLOC_SKB_FCLONE)
                .step(
                        CPU0,
                        e -> e.dropData(PAIR).died(PAIR, WayOut.GRO_STOLEN_HEAD).put(PAIR, 1));
        assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I8);
        assertThat(ledger.violations().get(0).facts())
                .isEqualTo("put though it is a pair of twins, by cpu-0, but it was left over from an skb that"
                        + " ended on cpu-0 since step=3 event=6 (DIED)");
    }

    @Test
    void shouldFindAPairTakenBackWhileATwinIsOut() {
        scene.allocate(TASK, PAIR, WayIn.ALLOC_SKB_FCLONE)
                .step(TASK, e -> e.born(PAIR, WayIn.SKB_CLONE))
                .step(TASK, e -> e.dropData(PAIR).died(PAIR, WayOut.KFREE_SKB).tell(EventKind.SINGLE_FREE, PAIR, 0))
                .step(NODE0, e -> e.slabIn(PAIR));
        assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I2);
    }

    @Test
    void shouldFindAHeadTakenBackByAnotherNode() {
        scene.allocate(CPU0, REMOTE, WayIn.BUILD_SKB)
                .step(
                        CPU0,
                        e -> e.dropData(REMOTE).died(REMOTE, WayOut.KFREE_SKB).tell(EventKind.SINGLE_FREE, REMOTE, 0))
                .step(NODE0, e -> e.tell(EventKind.SLAB_IN, REMOTE, 0));
        assertOnly(
                Invariant.I12,
                REMOTE,
                8,
                "taken back away from node-1 by node-0, but it was in a message, given up by cpu-0 since step=3"
                        + " event=7 (SINGLE_FREE)");
    }
}
