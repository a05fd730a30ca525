package headcache.metrics;

import java.util.OptionalDouble;

/** A share or a mean, which there is none of where there was nothing to divide by. */
final class Ratio {
    private Ratio() {}

    /** {@code count} divided by {@code of}, or nothing if that is 0. */
    static OptionalDouble of(long count, long of) {
        return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / of);
    }
}
