package headcache.benchmarks.core;

import java.util.ArrayDeque;

/** The JDK's deque as a stack, filled beforehand. */
public class JdkArrayDeque extends ObjectPool<Pooled> {
    private final ArrayDeque<Pooled> deque = new ArrayDeque<>(POOL_SIZE);

    /** Fills the pool. */
    public JdkArrayDeque() {
        for (int i = 0; i < POOL_SIZE; i++) {
            deque.addLast(new Pooled());
        }
    }

    @Override
    final Pooled get() {
        return deque.removeLast();
    }

    @Override
    final void put(Pooled object) {
        deque.addLast(object);
    }
}
