package headcache.verify;

import static headcache.step.EventKind.BORN;
import static headcache.step.EventKind.BULK_GET;
import static headcache.step.EventKind.GET;
import static headcache.step.EventKind.GET_FAILED;
import static headcache.step.EventKind.REFILL;
import static headcache.step.EventKind.REFILL_ASKED;
import static headcache.step.EventKind.REFILL_FAILED;
import static headcache.step.EventKind.SHORTFALL;
import static headcache.step.EventKind.SHORTFALL_ASKED;
import static headcache.step.EventKind.SHORTFALL_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.protocol.Head;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a bulk get may do, by a cache for 4 that asks for 2; each rule is broken once. */
final class BulkRulesTest {
    private static final CachePolicy CACHE = new CachePolicy(4, 2, 2, SpillEnd.NEWEST);

    private final List<Entry> history = new ArrayList<>();

    private BulkRulesTest did(EventKind kind, int head, int detail) {
        history.add(new Entry.Did(kind, head, detail));
        return this;
    }

    private BulkRulesTest did(EventKind kind, int detail) {
        return did(kind, Head.NONE, detail);
    }

    /** Heads 1 and 2 are in the cache, and so many are wanted. */
    private BulkRulesTest wanted(int heads) {
        return did(REFILL_ASKED, 2).did(REFILL, 1, 0).did(REFILL, 2, 1).did(BULK_GET, heads);
    }

    private BulkRulesTest wantedOfNone(int heads) {
        return did(BULK_GET, heads).did(REFILL_ASKED, 2).did(REFILL, 1, 0).did(REFILL, 2, 1);
    }

    private void breaks(Invariant law, String facts) {
        final List<Violation> violations = StackRules.violations(CACHE, Kernel.LINUX_6_19, history);
        assertThat(violations).isNotEmpty();
        assertThat(violations.get(0).invariant()).isEqualTo(law);
        assertThat(violations.get(0).facts()).startsWith(facts);
    }

    @Test
    void allIsWellWithWhatTheKernelDoes() {
        wantedOfNone(3)
                .did(SHORTFALL_ASKED, 1)
                .did(GET, 1, 1)
                .did(GET, 2, 0)
                .did(SHORTFALL, 3, 2)
                .did(BORN, 1, 0)
                .did(BULK_GET, 2)
                .did(REFILL_ASKED, 2)
                .did(REFILL_FAILED, 0)
                .did(SHORTFALL_ASKED, 2)
                .did(SHORTFALL_FAILED, 0)
                .did(GET_FAILED, 0)
                .did(GET_FAILED, 0);

        assertThat(StackRules.violations(CACHE, Kernel.LINUX_6_19, history)).isEmpty();
    }

    @Test
    void aRefillThatIsNotNeeded() {
        wanted(2).did(REFILL_ASKED, 2).breaks(Invariant.I11, "a bulk get asked for a refill though there are enough");
    }

    @Test
    void aRefillOfAnotherSize() {
        did(REFILL_ASKED, 2).did(REFILL, 1, 0).did(REFILL, 2, 1).did(BULK_GET, 1);
        did(GET, 2, 1).did(BORN, 2, 0).did(BULK_GET, 4).did(REFILL_ASKED, 3);
        breaks(Invariant.I11, "a bulk get asked for a refill of another size: asked=3, room=3");
    }

    @Test
    void aSecondRefill() {
        wantedOfNone(3).did(REFILL_ASKED, 2).breaks(Invariant.I11, "a bulk get asked for a second refill");
    }

    @Test
    void pastACacheThatWasNotToppedUp() {
        wanted(3).did(SHORTFALL_ASKED, 1).breaks(Invariant.I11, "a bulk get went past the cache without topping it up");
    }

    @Test
    void moreThanTheCacheIsShortOf() {
        wantedOfNone(3)
                .did(SHORTFALL_ASKED, 3)
                .breaks(
                        Invariant.I11,
                        "a bulk get asked for more or less than the cache is short of: asked=3, wanted=3, parked=2");
    }

    @Test
    void theNewestInAnotherOrder() {
        wanted(2).did(GET, 2, 1).breaks(Invariant.I5, "got at once, but it is not the next of the newest");
    }

    @Test
    void theOldestInPlaceOfTheNewest() {
        wanted(1).did(GET, 1, 1).breaks(Invariant.I5, "got at once, but it is not the next of the newest");
    }

    @Test
    void pastTheCacheWithoutAsking() {
        wantedOfNone(3)
                .did(GET, 1, 1)
                .did(GET, 2, 0)
                .did(SHORTFALL, 3, 2)
                .breaks(Invariant.I11, "a bulk get took a head past the cache that it did not ask for");
    }

    @Test
    void pastTheCacheBeforeWhatIsInIt() {
        wantedOfNone(3)
                .did(SHORTFALL_ASKED, 1)
                .did(SHORTFALL, 3, 0)
                .breaks(Invariant.I5, "a bulk get took a head past the cache before all that are in it");
    }

    @Test
    void aHoleInTheArray() {
        wantedOfNone(3)
                .did(SHORTFALL_ASKED, 1)
                .did(GET, 1, 1)
                .did(GET, 2, 0)
                .did(SHORTFALL, 3, 1)
                .breaks(Invariant.I5, "a bulk get left a hole or took a place twice: at=1");
    }

    @Test
    void aFailureWithHeadsInTheCache() {
        wanted(2).did(GET_FAILED, 0).breaks(Invariant.I4, "a bulk get failed though the cache is not empty");
    }

    @Test
    void aFailureThatNobodyRefused() {
        wantedOfNone(3)
                .did(GET, 1, 1)
                .did(GET, 2, 0)
                .did(GET_FAILED, 0)
                .breaks(Invariant.I14, "a bulk get failed though it was not refused anything");
    }

    @Test
    void fewerThanWanted() {
        wanted(2)
                .did(GET, 1, 1)
                .did(BORN, 1, 0)
                .breaks(Invariant.I11, "a bulk get told of other heads than were wanted: wanted=2, missing=1");
    }

    @Test
    void nothingIsNotWanted() {
        did(BULK_GET, 0).breaks(Invariant.I11, "a bulk get of no heads: wanted=0");
    }
}
