package headcache.benchmarks.core;

import org.jspecify.annotations.Nullable;

/** An object of 72 bytes or so, of the kind that pools are there for. */
@SuppressWarnings("unused")
class Pooled {
    long first;
    long second;
    long third;
    long fourth;
    long fifth;

    @Nullable
    Object sixth;

    @Nullable
    Object seventh;

    @Nullable
    Object eighth;

    @Nullable
    Object ninth;

    @Nullable
    Object tenth;
}
