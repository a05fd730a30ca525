package headcache.demos.lesson;

import headcache.cache.HeadCache;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a head cache held at one moment.
 *
 * @param capacity its slots
 * @param heads the parked heads; slot 0, the oldest, first
 */
record CacheView(int capacity, List<Integer> heads) {

    static CacheView empty(final int capacity) {
        return new CacheView(capacity, List.of());
    }

    static CacheView of(final HeadCache cache) {
        return new CacheView(
                cache.capacity(),
                IntStream.range(0, cache.count()).mapToObj(cache::head).toList());
    }

    /** This cache with {@code more} on top. */
    CacheView with(final List<Integer> more) {
        return new CacheView(
                capacity, Stream.concat(heads.stream(), more.stream()).toList());
    }

    int count() {
        return heads.size();
    }

    /** Whether this cache and {@code other} hold the same head in {@code slot}, which is not empty here. */
    boolean sameIn(final int slot, final CacheView other) {
        return slot < other.count() && heads.get(slot).equals(other.heads.get(slot));
    }
}
