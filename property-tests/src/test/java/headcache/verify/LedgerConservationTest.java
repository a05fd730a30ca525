package headcache.verify;

import static headcache.verify.Scene.CPU0;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** A head that is lost is found, at the event that shows it. */
final class LedgerConservationTest extends LedgerCase {
    @Test
    void shouldFindACountThatForgetsHeads() {
        scene.refill(CPU0, H)
                .refill(CPU0, Head.plain(0, 1))
                .step(CPU0, e -> e.get(H, 0).born(H, WayIn.NAPI_BUILD_SKB))
                .step(CPU0, e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB).put(H, 1));
        assertOnly(Invariant.I1, H, 5, "GET by cpu-0 counts parked=0, its events make parked=1");
    }

    @Test
    void shouldFindAHeadThatFailedDataForgot() {
        scene.refill(CPU0, H)
                .step(CPU0, e -> e.get(H, 0).tell(EventKind.DATA_FAILED, H, WayIn.NAPI_ALLOC_SKB_KMALLOC.ordinal()));
        assertOnly(
                Invariant.I14,
                H,
                4,
                "neither used nor given back, but without an skb, taken by cpu-0 since step=3 event=3 (GET)");
    }

    @Test
    void shouldFindAHeadThatNobodyGivesUp() {
        scene.refill(CPU0, H).getAndBorn(CPU0, H).step(CPU0, e -> e.dropData(H).died(H, WayOut.NAPI_CONSUME_SKB));
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
