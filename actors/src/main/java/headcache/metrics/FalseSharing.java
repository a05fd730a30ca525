package headcache.metrics;

import java.util.OptionalDouble;

/**
 * How often neighbours on a slab page are in the hands of two CPUs: a stand-in for cache lines that two processors fight
 * over.
 *
 * <p>A head is in the hands of the CPU that last took it, freed it or had it brought by a refill, until it returns to the
 * slab. Counted are pairs of neighbours that are both out of the slab.
 */
final class FalseSharing {
    private final Pages pages;

    /** In whose hands a head is: the CPU, and 1 more; 0 for the slab. */
    private final PerHead hands = new PerHead();

    private long pairs;
    private long split;
    private long sumPairs;
    private long sumSplit;

    /** Watches slabs with {@code headsPerPage} heads on a page. */
    FalseSharing(int headsPerPage) {
        pages = new Pages(headsPerPage);
    }

    /** {@code cpu} has {@code head} in its hands. */
    void touched(int cpu, int head) {
        pass(head, cpu + 1);
    }

    /** {@code head} returned to the slab. */
    void cameHome(int head) {
        pass(head, 0);
    }

    /** An operation is done. */
    void sample() {
        sumPairs += pairs;
        sumSplit += split;
    }

    private void pass(int head, int to) {
        final int from = hands.get(head);
        if (from == to) {
            return;
        }
        hands.set(head, to);
        final int place = head - pages.firstOn(head);
        if (place > 0) {
            beside(hands.get(head - 1), from, to);
        }
        if (place < pages.heads() - 1) {
            beside(hands.get(head + 1), from, to);
        }
    }

    private void beside(int neighbour, int from, int to) {
        if (neighbour != 0) {
            count(from, neighbour, -1);
            count(to, neighbour, 1);
        }
    }

    private void count(int one, int other, int by) {
        if (one != 0) {
            pairs += by;
            if (one != other) {
                split += by;
            }
        }
    }

    /** Of all pairs of neighbours out of the slab, those in the hands of two CPUs, in the mean over operations. */
    OptionalDouble share() {
        return Ratio.of(sumSplit, sumPairs);
    }
}
