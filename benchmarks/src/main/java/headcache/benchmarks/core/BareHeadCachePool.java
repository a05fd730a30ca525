package headcache.benchmarks.core;

import headcache.cache.CachePolicy;

/** The policy of v5.12 on a bare array, without poison or history: what those two cost. */
public class BareHeadCachePool extends IntPool {
    private static final int REFILL = CachePolicy.LINUX_5_12.refill();
    private static final int SPILL = CachePolicy.LINUX_5_12.spill();

    private final FreeHeads slab = new FreeHeads(512);
    private final int[] buffer = new int[SPILL];
    private final int[] slots = new int[CachePolicy.LINUX_5_12.capacity()];
    private int count;

    @Override
    final int get() {
        if (count == 0) {
            slab.alloc(slots, REFILL);
            count = REFILL;
        }
        return slots[--count];
    }

    @Override
    final void put(int head) {
        slots[count++] = head;
        if (count == slots.length) {
            count -= SPILL;
            System.arraycopy(slots, count, buffer, 0, SPILL);
            slab.free(buffer, SPILL);
        }
    }
}
