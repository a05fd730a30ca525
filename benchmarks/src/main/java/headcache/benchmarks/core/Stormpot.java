package headcache.benchmarks.core;

import org.openjdk.jmh.annotations.TearDown;
import stormpot.Allocator;
import stormpot.Expiration;
import stormpot.Pool;
import stormpot.PoolTap;
import stormpot.Poolable;
import stormpot.Slot;

/** Stormpot by a tap that belongs to one thread, without a background thread and without expiry. */
public class Stormpot extends ObjectPool<Stormpot.Item> {
    private final Pool<Item> pool = Pool.fromInline(new Items())
            .setSize(POOL_SIZE)
            .setExpiration(Expiration.never())
            .build();
    private final PoolTap<Item> tap = pool.getThreadLocalTap();

    /** Gives the objects up. */
    @TearDown
    public final void shutDown() {
        pool.shutdown();
    }

    @Override
    final Item get() throws Exception {
        return tap.tryClaim();
    }

    @Override
    final void put(Item object) {
        object.release();
    }

    /** An object that knows its way back. */
    public static final class Item extends Pooled implements Poolable {
        private final Slot slot;

        private Item(Slot slot) {
            this.slot = slot;
        }

        @Override
        public void release() {
            slot.release(this);
        }
    }

    private static final class Items implements Allocator<Item> {
        @Override
        public Item allocate(Slot slot) {
            return new Item(slot);
        }

        @Override
        public void deallocate(Item item) {}
    }
}
