package headcache.verify;

import static headcache.verify.Scene.CPU0;
import static headcache.verify.Scene.CPU1;
import static headcache.verify.Scene.NODE0;
import static headcache.verify.Scene.NODE1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each violation is found, at the event that shows it, and says what it must; a right history gives none. */
class LedgerTest {
    private static final int H = Head.plain(0, 17);
    private static final int REMOTE = Head.plain(1, 3);
    private static final int PAIR = Head.fclone(0, 5);
    private static final TaskId TASK = new TaskId(0);

    private final Ledger ledger = new Ledger();
    private final Scene scene = new Scene(ledger);

    private void assertHolds() {
        assertThat(ledger.violations()).isEmpty();
        assertThat(ledger.violationCount()).isZero();
    }

    private void assertOnly(Invariant invariant, int head, long event, String facts) {
        assertThat(ledger.violations()).containsExactly(new Violation(invariant, head, event, facts));
        assertThat(ledger.violationCount()).isEqualTo(1);
    }

    @Nested
    class WhatIsRight {

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

    @Nested
    class OnePlace {

        @Test
        void shouldFindAHeadPutTwice() {
            scene.refill(CPU0, H)
                    .getAndBorn(CPU0, H)
                    .step(
                            CPU0,
                            e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1))
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
                    Invariant.I9,
                    H,
                    6,
                    "put by cpu-0, but it was in use, allocated by cpu-0 since step=3 event=4 (BORN)");
        }

        @Test
        void shouldFindAHeadThatIsGotTwice() {
            scene.refill(CPU0, H)
                    .getAndBorn(CPU0, H)
                    .step(CPU0, e -> e.get(H, -1).tell(EventKind.SINGLE_FREE, H, 0));
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
                    Invariant.I2,
                    H,
                    1,
                    "laid in a cache by a refill by cpu-0, but it was in its slab, never handed out");
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
                    Invariant.I2,
                    H,
                    9,
                    "ended by cpu-1, but it was in the slab of node-0 since step=4 event=8 (SLAB_IN)");
        }

        @Test
        void shouldFindTwoSkbsOnOneHead() {
            scene.allocate(CPU0, H, WayIn.BUILD_SKB)
                    .step(CPU1, e -> e.tell(EventKind.BORN, H, WayIn.BUILD_SKB.ordinal()));
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
                    .step(
                            CPU0,
                            e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1))
                    .step(CPU0, e -> e.tell(EventKind.SENT, H, 0));
            assertOnly(
                    Invariant.I2, H, 9, "sent by cpu-0, but it was in the cache of cpu-0 since step=4 event=8 (PUT)");
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
                            e -> e.dropData(PAIR)
                                    .died(PAIR, WayOut.GRO_STOLEN_HEAD)
                                    .put(PAIR, 1));
            assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I8);
            assertThat(ledger.violations().get(0).facts())
                    .isEqualTo("put though it is a pair of twins, by cpu-0, but it was left over from an skb that"
                            + " ended on cpu-0 since step=3 event=6 (DIED)");
        }

        @Test
        void shouldFindAPairTakenBackWhileATwinIsOut() {
            scene.allocate(TASK, PAIR, WayIn.ALLOC_SKB_FCLONE)
                    .step(TASK, e -> e.born(PAIR, WayIn.SKB_CLONE))
                    .step(
                            TASK,
                            e -> e.dropData(PAIR).died(PAIR, WayOut.KFREE_SKB).tell(EventKind.SINGLE_FREE, PAIR, 0))
                    .step(NODE0, e -> e.slabIn(PAIR));
            assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I2);
        }

        @Test
        void shouldFindAHeadTakenBackByAnotherNode() {
            scene.allocate(CPU0, REMOTE, WayIn.BUILD_SKB)
                    .step(
                            CPU0,
                            e -> e.dropData(REMOTE)
                                    .died(REMOTE, WayOut.KFREE_SKB)
                                    .tell(EventKind.SINGLE_FREE, REMOTE, 0))
                    .step(NODE0, e -> e.tell(EventKind.SLAB_IN, REMOTE, 0));
            assertOnly(
                    Invariant.I12,
                    REMOTE,
                    8,
                    "taken back away from node-1 by node-0, but it was in a message, given up by cpu-0 since step=3"
                            + " event=7 (SINGLE_FREE)");
        }
    }

    @Nested
    class NothingIsLost {

        @Test
        void shouldFindACountThatForgetsHeads() {
            scene.refill(CPU0, H)
                    .refill(CPU0, Head.plain(0, 1))
                    .step(CPU0, e -> e.get(H, 0).born(H, WayIn.NAPI_BUILD_SKB))
                    .step(
                            CPU0,
                            e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1));
            assertOnly(Invariant.I1, H, 5, "GET by cpu-0 counts parked=0, its events make parked=1");
        }

        @Test
        void shouldFindAHeadThatFailedDataForgot() {
            scene.refill(CPU0, H)
                    .step(
                            CPU0,
                            e -> e.get(H, 0).tell(EventKind.DATA_FAILED, H, WayIn.NAPI_ALLOC_SKB_KMALLOC.ordinal()));
            assertOnly(
                    Invariant.I14,
                    H,
                    4,
                    "neither used nor given back, but without an skb, taken by cpu-0 since step=3 event=3 (GET)");
        }

        @Test
        void shouldFindAHeadThatNobodyGivesUp() {
            scene.refill(CPU0, H)
                    .getAndBorn(CPU0, H)
                    .step(CPU0, e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB));
            assertOnly(
                    Invariant.I1,
                    H,
                    7,
                    "neither put nor given to the slab, but left over from an skb that ended on cpu-0 since step=4"
                            + " event=7 (DIED)");
        }

        @Test
        void shouldFindWhatIsNotHomeAtTheEnd() {
            scene.refill(CPU0, H).allocate(TASK, PAIR, WayIn.ALLOC_SKB_FCLONE);
            ledger.checkAllHome();
            assertThat(ledger.violations())
                    .containsExactly(
                            new Violation(
                                    Invariant.I1,
                                    H,
                                    7,
                                    "not home after the drain, but in the cache of cpu-0 since step=2 event=2"
                                            + " (REFILL)"),
                            new Violation(
                                    Invariant.I1,
                                    PAIR,
                                    7,
                                    "not home after the drain, but in use, allocated by task-0 since step=4 event=5"
                                            + " (BORN)"),
                            new Violation(Invariant.I6, PAIR, 7, "its data was never freed: references=1"));
        }

        @Test
        void shouldKeepTheFirstViolationsAndCountAll() {
            for (int i = 0; i < 150; i++) {
                scene.step(CPU0, e -> e.tell(EventKind.SPILL, H, 0));
            }
            assertThat(ledger.violations()).hasSize(100);
            assertThat(ledger.violationCount()).isEqualTo(150);
        }
    }

    @Nested
    class ReleasedExactlyOnce {

        private Scene born() {
            return scene.refill(CPU0, H).getAndBorn(CPU0, H);
        }

        @Test
        void shouldFindEachThingThatIsNotReleased() {
            born();
            for (final Held what : Held.values()) {
                scene.step(CPU0, e -> e.tell(EventKind.HOLD, H, what.ordinal()));
            }
            assertHolds();
            scene.step(CPU0, e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1));
            assertThat(ledger.violations())
                    .extracting(Violation::invariant, v -> v.facts().split(" at ", 2)[0])
                    .containsExactly(
                            tuple(Invariant.I6, "ended without releasing DST"),
                            tuple(Invariant.I6, "ended without releasing CONNTRACK"),
                            tuple(Invariant.I6, "ended without releasing SOCKET"),
                            tuple(Invariant.I6, "ended without releasing EXTENSIONS"));
        }

        @Test
        void shouldFindAThingThatIsReleasedTwice() {
            born().step(
                            CPU0,
                            e -> e.tell(EventKind.HOLD, H, Held.DST.ordinal())
                                    .tell(EventKind.UNHOLD, H, Held.DST.ordinal())
                                    .tell(EventKind.UNHOLD, H, Held.DST.ordinal()));
            assertOnly(
                    Invariant.I6,
                    H,
                    8,
                    "released DST, which it did not hold, at cpu-0; it is in use, allocated by cpu-0 since step=3"
                            + " event=4 (BORN)");
        }

        @Test
        void shouldFindAThingThatIsTakenTwice() {
            born().step(
                            CPU0,
                            e -> e.tell(EventKind.HOLD, H, Held.SOCKET.ordinal())
                                    .tell(EventKind.HOLD, H, Held.SOCKET.ordinal()));
            assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I6);
        }

        @Test
        void shouldFindDataThatIsNotReleased() {
            born().step(CPU0, e -> e.died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1));
            assertOnly(
                    Invariant.I6,
                    H,
                    7,
                    "after PUT by cpu-0 its data has references=1, and skbs that should have one=0; the head is in the"
                            + " cache of cpu-0 since step=4 event=7 (PUT)");
        }

        @Test
        void shouldFindDataThatIsReleasedTwice() {
            born().step(
                            CPU0,
                            e -> e.dropData(H)
                                    .dropData(H)
                                    .died(H, WayOut.NAPI_CONSUME_SKB)
                                    .put(H, 1));
            assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I6);
            assertThat(ledger.violations().get(0).facts()).contains("references=-1, and skbs that should have one=0");
        }

        @Test
        void shouldFindStolenDataThatIsFreedAtOnce() {
            final int aggregate = Head.plain(0, 1);
            born().allocate(CPU0, aggregate, WayIn.BUILD_SKB)
                    .step(
                            CPU0,
                            e -> e.tell(EventKind.DATA_ADOPTED, H, aggregate)
                                    .died(H, WayOut.GRO_STOLEN_HEAD)
                                    .dropData(H)
                                    .put(H, 1));
            assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I6);
            assertThat(ledger.violations().get(0).facts()).contains("references=0, and skbs that should have one=1");
        }

        @Test
        void shouldFindDataThatAnAggregateTookOverAndKept() {
            final int aggregate = Head.plain(0, 1);
            born().allocate(CPU0, aggregate, WayIn.BUILD_SKB)
                    .step(
                            CPU0,
                            e -> e.tell(EventKind.DATA_ADOPTED, H, aggregate)
                                    .died(H, WayOut.GRO_STOLEN_HEAD)
                                    .put(H, 1))
                    .free(CPU0, aggregate, WayOut.KFREE_SKB);
            assertThat(ledger.violations())
                    .extracting(Violation::invariant, Violation::head)
                    .containsExactly(tuple(Invariant.I6, H));
        }

        @Test
        void shouldFindAnAggregateThatLeavesItsMembersBehind() {
            final int aggregate = Head.plain(0, 1);
            born().allocate(CPU0, aggregate, WayIn.BUILD_SKB)
                    .step(CPU0, e -> e.tell(EventKind.LINKED, H, aggregate))
                    .free(CPU0, aggregate, WayOut.KFREE_SKB);
            assertThat(ledger.violations())
                    .extracting(Violation::invariant, Violation::head)
                    .containsExactly(tuple(Invariant.I1, aggregate));
        }

        @Test
        void shouldFindAnSkbThatEndsWhileOthersHaveIt() {
            born().step(CPU0, e -> e.tell(EventKind.SHARED, H, 2))
                    .step(
                            CPU0,
                            e -> e.dropData(H).died(H, WayOut.KFREE_SKB_DEFER).put(H, 1));
            assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I9);
            assertThat(ledger.violations().get(0).facts()).startsWith("ended with references left: users=1 at cpu-0");
        }

        @Test
        void shouldFindAnSkbThatIsReusedThoughItIsNotBare() {
            born().step(CPU0, e -> e.tell(EventKind.HOLD, H, Held.CONNTRACK.ordinal()))
                    .step(CPU0, e -> e.tell(EventKind.REUSED, H, 0));
            assertThat(ledger.violations()).extracting(Violation::invariant).containsExactly(Invariant.I6);
            assertThat(ledger.violations().get(0).facts())
                    .startsWith("emptied for reuse, but not bare: DST=0 CONNTRACK=1 SOCKET=0 EXTENSIONS=0 adopted=0"
                            + " members=0, at cpu-0");
        }
    }
}
