package headcache.benchmarks.core;

import io.netty.util.Recycler;
import io.netty.util.Recycler.EnhancedHandle;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Setup;

/**
 * Netty's recycler at its fastest: pinned to one thread, unguarded, otherwise as it comes (32 objects
 * beside the owner, the rest in a queue).
 */
public class NettyRecycler extends ObjectPool<NettyRecycler.Recycled> {
    private @Nullable Recycler<Recycled> recycler;

    /** Pins the recycler to the thread that runs the benchmark. */
    @Setup
    public final void pin() {
        recycler = create(Thread.currentThread());
    }

    Recycler<Recycled> create(Thread owner) {
        return new Recycler<>(owner, true) {
            @Override
            protected Recycled newObject(Handle<Recycled> handle) {
                return Recycled.of(handle);
            }
        };
    }

    @Override
    @SuppressWarnings("NullAway") // set before the first get; a check here would be measured
    final Recycled get() {
        return recycler.get();
    }

    @Override
    final void put(Recycled object) {
        object.handle.unguardedRecycle(object);
    }

    /** An object that knows its way back. */
    public static final class Recycled extends Pooled {
        private final EnhancedHandle<Recycled> handle;

        private Recycled(EnhancedHandle<Recycled> handle) {
            this.handle = handle;
        }

        static Recycled of(Recycler.Handle<Recycled> handle) {
            return new Recycled((EnhancedHandle<Recycled>) handle);
        }
    }
}
