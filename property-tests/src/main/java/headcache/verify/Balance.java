package headcache.verify;

/** How many heads, and pairs of twins, were in each place at one moment, of those that ever left their slab. */
public final class Balance {
    private final long[] counts;

    Balance(long[] counts) {
        this.counts = counts;
    }

    /** Heads and pairs in {@code place}. */
    public long in(Place place) {
        return counts[place.ordinal()];
    }

    /** Heads and pairs that ever left their slab. */
    public long known() {
        long sum = 0;
        for (final long count : counts) {
            sum += count;
        }
        return sum;
    }
}
