package headcache.benchmarks.core;

/** No pool at all: a new object for each get, left to the garbage collector by each put. */
public class NewObject extends ObjectPool<Pooled> {
    @Override
    final Pooled get() {
        return new Pooled();
    }

    @Override
    final void put(Pooled object) {}
}
