package headcache.benchmarks.core;

import io.netty.util.Recycler;

/** The same with room for 64 objects beside the owner, as many as a head cache has slots. */
public class NettyRecycler64 extends NettyRecycler {
    @Override
    Recycler<Recycled> create(Thread owner) {
        return new Recycler<>(64, 4096, owner, true) {
            @Override
            protected Recycled newObject(Handle<Recycled> handle) {
                return Recycled.of(handle);
            }
        };
    }
}
