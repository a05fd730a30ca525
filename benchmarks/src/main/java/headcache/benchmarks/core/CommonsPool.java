package headcache.benchmarks.core;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.openjdk.jmh.annotations.TearDown;

/** Apache Commons Pool 2, large enough for every burst, otherwise as it comes. */
public class CommonsPool extends ObjectPool<Pooled> {
    private final GenericObjectPool<Pooled> pool = new GenericObjectPool<>(new Objects(), config());

    private static GenericObjectPoolConfig<Pooled> config() {
        final GenericObjectPoolConfig<Pooled> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(POOL_SIZE);
        config.setMaxIdle(POOL_SIZE);
        return config;
    }

    /** Gives the objects up. */
    @TearDown
    public final void close() {
        pool.close();
    }

    @Override
    final Pooled get() throws Exception {
        return pool.borrowObject();
    }

    @Override
    final void put(Pooled object) {
        pool.returnObject(object);
    }

    private static final class Objects extends BasePooledObjectFactory<Pooled> {
        @Override
        public Pooled create() {
            return new Pooled();
        }

        @Override
        public PooledObject<Pooled> wrap(Pooled object) {
            return new DefaultPooledObject<>(object);
        }
    }
}
