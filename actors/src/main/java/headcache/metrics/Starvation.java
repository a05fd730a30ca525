package headcache.metrics;

import java.util.OptionalDouble;

/** Allocations that failed while heads lay idle outside of the slab: the price of giving each CPU its own. */
final class Starvation {
    private long allocations;
    private long starved;

    /** An allocation was served. */
    void served() {
        allocations++;
    }

    /** An allocation failed while {@code idle} heads were out of the slab and in no skb. */
    void failed(long idle) {
        allocations++;
        if (idle > 0) {
            starved++;
        }
    }

    /** Of all allocations of heads, those that failed so. */
    OptionalDouble share() {
        return Ratio.of(starved, allocations);
    }
}
