package headcache.verify;

import static headcache.verify.Scene.CPU0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** What an skb holds and is not released exactly once is found, at the event that shows it. */
final class LedgerReleasesTest extends LedgerCase {
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
                .step(CPU0, e -> e.dropData(H).died(H, WayOut.KFREE_SKB_DEFER).put(H, 1));
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
