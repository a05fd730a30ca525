package headcache.metrics;

import java.util.OptionalDouble;

/**
 * Where freed heads go, in the words of the kernel's page_pool statistics: {@code cached} by a cache that had room,
 * {@code cache_full} where it had to give some back first, {@code released} past the cache; these three are all,
 * unless heads are set aside for other CPUs. Beside them, {@code ring} is what reached a middle layer, and {@code ring_full} what that gave back because it was too much.
 */
final class ExitMix {
    private long cached;
    private long cacheFull;
    private long released;
    private long aside;
    private long ring;
    private long ringFull;

    /** Whether the last event was a put: a spill that follows is its doing. */
    private boolean justPut;

    /** A CPU put a head. */
    void put() {
        cached++;
        justPut = true;
    }

    /** A spill took a head out of a cache. */
    void spilled() {
        if (justPut) {
            cached--;
            cacheFull++;
            justPut = false;
        }
    }

    /** Something else happened, or another actor is next. */
    void other() {
        justPut = false;
    }

    /** A head went to the slab singly. */
    void released() {
        released++;
    }

    /** A CPU set a head aside for the CPU that owns it, which is a middle layer too. */
    void setAside() {
        aside++;
        ring++;
    }

    /** A head reached a middle layer. */
    void ring() {
        ring++;
    }

    /** A middle layer gave a head back to the slab. */
    void ringFull() {
        ringFull++;
    }

    OptionalDouble shareCached() {
        return share(cached);
    }

    OptionalDouble shareCacheFull() {
        return share(cacheFull);
    }

    OptionalDouble shareReleased() {
        return share(released);
    }

    /** Nothing if no head ever reached a middle layer. */
    OptionalDouble shareRing() {
        return ring == 0 ? OptionalDouble.empty() : share(ring);
    }

    /** Nothing if no head ever reached a middle layer. */
    OptionalDouble shareRingFull() {
        return ring == 0 ? OptionalDouble.empty() : share(ringFull);
    }

    private OptionalDouble share(long count) {
        return Ratio.of(count, cached + cacheFull + released + aside);
    }
}
