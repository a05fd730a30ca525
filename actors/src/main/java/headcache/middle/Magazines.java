package headcache.middle;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.protocol.DepotId;
import headcache.protocol.NodeId;
import headcache.skb.Kernel;

/**
 * Magazines with a depot, as in Bonwick and Adams, "Magazines and Vmem", USENIX 2001, section 3.
 *
 * <p>Each CPU has two magazines, <i>loaded</i> and <i>previous</i>. It takes from the loaded one and gives to it; when
 * that is empty, or full, it exchanges the two if that helps, and otherwise trades the previous one at the depot and
 * exchanges then. As the previous one is always either empty or full, the two are one stack of twice the rounds: what
 * is traded for a full magazine is nothing, and what is traded for an empty one are the oldest heads.
 *
 * @param rounds heads in a full magazine, the paper's M, 1 to {@value #ROUNDS_LIMIT}
 * @param interval trades after which the depot gives back what it never needed in between, 0: it keeps all. The paper
 *     has 15 seconds, and waits until memory is short
 */
public record Magazines(int rounds, int interval) implements Depots {
    /** The most rounds: two magazines and a head must fit in one cache. */
    public static final int ROUNDS_LIMIT = (CachePolicy.CAPACITY_LIMIT - 1) / 2;

    /** Trades between two looks at the working set, where nothing else is said. */
    public static final int INTERVAL = 1000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    public Magazines {
        if (rounds < 1 || rounds > ROUNDS_LIMIT) {
            throw new IllegalArgumentException(
                    "impossible magazines: rounds=" + rounds + " must be 1 to " + ROUNDS_LIMIT);
        }
        if (interval < 0) {
            throw new IllegalArgumentException(
                    "impossible magazines: interval=" + interval + " must be 0 (keep all) or more");
        }
    }

    /**
     * A CPU's two magazines as one array. A head that comes when both are full has a place of its own until the trade is
     * done, which is why there is one slot more than heads at rest.
     */
    @Override
    public CachePolicy cache() {
        return new CachePolicy(2 * rounds + 1, rounds, rounds, SpillEnd.OLDEST);
    }

    @Override
    public Kernel kernel() {
        return Kernel.LINUX_5_12;
    }

    /** There is one depot for all. */
    @Override
    public DepotId depotOf(NodeId memoryNode) {
        return new DepotId(0);
    }

    @Override
    public boolean mayRefuse() {
        return false;
    }
}
