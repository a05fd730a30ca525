package headcache.benchmarks.core;

import headcache.cache.ArrayStackCache;
import headcache.cache.CachePolicy;
import headcache.cache.HeadCache;
import headcache.protocol.CpuId;

/** The head cache of v5.12 as the machine uses it: refill, spill, poison and history on. */
public class HeadCachePool extends IntPool {
    private final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, new CpuId(0));
    private final FreeHeads slab = new FreeHeads(512);
    private final int[] refill = new int[cache.refillSize()];
    private final int[] spill = new int[cache.spillSize()];

    @Override
    final int get() {
        if (cache.isEmpty()) {
            slab.alloc(refill, refill.length);
            cache.refill(refill);
        }
        return cache.pop();
    }

    @Override
    final void put(int head) {
        cache.push(head);
        if (cache.isFull()) {
            cache.takeSpill(spill);
            slab.free(spill, spill.length);
        }
    }
}
