package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.protocol.Head;

/**
 * What a bulk get may do to a cache that is one array (I5, I11): it tops the cache up once, if that has too few, and then asks
 * past the cache for what is missing and no more; it takes the newest heads, the oldest of them first, and as many as were
 * wanted, or all that could be had.
 */
final class BulkRules {
    private final CachePolicy policy;
    private final Findings findings;

    private int wanted;
    private int left;
    private boolean toppedUp;
    private int shortfall;
    private boolean refused;

    BulkRules(CachePolicy policy, Findings findings) {
        this.policy = policy;
        this.findings = findings;
    }

    /** Whether a bulk get has begun and not yet told of every head. */
    boolean isUnderWay() {
        return left > 0;
    }

    void begins(int heads) {
        require(Invariant.I11, heads > 0, Head.NONE, "a bulk get of no heads: wanted=" + heads);
        wanted = heads;
        left = heads;
        toppedUp = false;
        shortfall = 0;
        refused = false;
    }

    void asksRefill(int count, int parked) {
        require(Invariant.I11, !toppedUp, Head.NONE, "a bulk get asked for a second refill");
        require(Invariant.I11, parked < wanted, Head.NONE, "a bulk get asked for a refill though there are enough");
        final int room = policy.capacity() - parked;
        require(
                Invariant.I11,
                count == Math.min(room, policy.refill()),
                Head.NONE,
                "a bulk get asked for a refill of another size: asked=" + count + ", room=" + room);
        toppedUp = true;
    }

    void asksShortfall(int count, int parked) {
        require(Invariant.I11, toppedUp, Head.NONE, "a bulk get went past the cache without topping it up");
        require(
                Invariant.I11,
                count == wanted - parked,
                Head.NONE,
                "a bulk get asked for more or less than the cache is short of: asked=" + count + ", wanted=" + wanted
                        + ", parked=" + parked);
        shortfall = count;
    }

    void isRefused() {
        shortfall = 0;
        refused = true;
    }

    /** From which slot the next head must come. */
    int slot(int parked) {
        return Math.max(0, parked - left);
    }

    void gets() {
        left--;
    }

    void getsPast(int head, int place, int parked) {
        require(Invariant.I11, shortfall > 0, head, "a bulk get took a head past the cache that it did not ask for");
        require(Invariant.I5, parked == 0, head, "a bulk get took a head past the cache before all that are in it");
        require(
                Invariant.I5,
                place == wanted - left,
                head,
                "a bulk get left a hole or took a place twice: at=" + place);
        shortfall--;
        left--;
    }

    void fails(int parked) {
        require(Invariant.I4, parked == 0, Head.NONE, "a bulk get failed though the cache is not empty");
        require(Invariant.I14, refused, Head.NONE, "a bulk get failed though it was not refused anything");
        left--;
    }

    /** Something follows that only comes when all heads are told of. */
    void mustHaveEnded() {
        require(
                Invariant.I11,
                left == 0 && shortfall == 0,
                Head.NONE,
                "a bulk get told of other heads than were wanted: wanted=" + wanted + ", missing=" + left
                        + ", past the cache=" + shortfall);
        left = 0;
        shortfall = 0;
    }

    private void require(Invariant law, boolean holds, int head, String facts) {
        if (!holds) {
            findings.add(law, head, facts);
        }
    }
}
