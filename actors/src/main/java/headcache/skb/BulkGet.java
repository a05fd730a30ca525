package headcache.skb;

import headcache.cache.HeadCache;
import headcache.protocol.Head;
import headcache.step.EventKind;
import headcache.step.Out;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code napi_skb_cache_get_bulk} of v6.15: takes heads out of a CPU's cache at once, and tops the cache up first if it has
 * too few. What it is short of even then comes straight from the slab, past the cache.
 */
final class BulkGet {
    private final NapiSkbCache cache;
    private final HeadCache heads;
    private final SlabLink link;
    private final CacheCounters counters;

    BulkGet(NapiSkbCache cache, SlabLink link) {
        this.cache = cache;
        this.heads = cache.heads();
        this.link = link;
        this.counters = cache.counters();
    }

    /**
     * Takes {@code wanted} heads: first the newest of the cache, the oldest of them in front, then those past it.
     *
     * @param wanted how many, 1 or more
     * @param requests how many requests to the slab this get has made so far, all of them answered
     * @return the heads, fewer if there are no more; or null: one more request was made
     */
    int @Nullable [] get(int wanted, int requests, Out out) {
        if (requests == 0) {
            out.event(EventKind.BULK_GET, Head.NONE, wanted);
        } else if (requests == 1) {
            cache.refill(link.takeBulk(), out);
        }
        final int shortfall = wanted - heads.count();
        if (requests < 2 && shortfall > 0) {
            ask(requests == 0, shortfall, out);
            return null;
        }
        final int[] cached = cache.takeTop(Math.min(wanted, heads.count()), out);
        return shortfall > 0 ? withShortfall(cached, wanted, out) : cached;
    }

    /** Asks for one refill, or as much of it as there is room for; after that, for what the cache is short of. */
    private void ask(boolean topUp, int shortfall, Out out) {
        final int count = topUp ? Math.min(heads.capacity() - heads.count(), heads.refillSize()) : shortfall;
        out.event(topUp ? EventKind.REFILL_ASKED : EventKind.SHORTFALL_ASKED, Head.NONE, count);
        link.askBulk(count, out);
    }

    /** {@code cached} and behind it what the slab gave: all that the cache is short of, or nothing. */
    private int[] withShortfall(int[] cached, int wanted, Out out) {
        final int[] delivered = link.takeBulk();
        if (delivered.length == 0) {
            counters.failedRefills++;
            out.event(EventKind.SHORTFALL_FAILED, Head.NONE, 0);
        } else {
            counters.refills++;
            counters.fetched += delivered.length;
        }
        final int[] all = Arrays.copyOf(cached, cached.length + delivered.length);
        for (int place = cached.length; place < all.length; place++) {
            all[place] = delivered[place - cached.length];
            cache.countGot(all[place]);
            out.event(EventKind.SHORTFALL, all[place], place);
        }
        for (int place = all.length; place < wanted; place++) {
            cache.getFails(out);
        }
        return all;
    }
}
