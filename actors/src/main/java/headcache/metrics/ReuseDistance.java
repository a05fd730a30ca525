package headcache.metrics;

import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * How long a head lay before it was taken again: a stand-in for whether it is still in a processor's cache.
 *
 * <p>The distance is counted in operations of the whole machine since the head was freed, on whichever CPU. A head is
 * <i>warm</i> if the CPU that takes it freed it itself and did no more operations since than its head cache has slots. A
 * head that was never used has no distance, and is not warm.
 */
final class ReuseDistance {
    private static final int DIGITS = 3;

    /** Shorter distances are counted one by one, and are not in the histogram before somebody asks. */
    private static final int SHORT = 4096;

    private final int warmest;

    /** Operations of each CPU; they may wrap, for only differences are looked at. */
    private final int[] ownClock;

    private int clock;

    /** Who freed a head last: the CPU, and 1 more. */
    private final PerHead freers = new PerHead();

    private final PerHead freedAt = new PerHead();
    private final PerHead freedAtOwn = new PerHead();
    private final long[] shortDistances = new long[SHORT];
    private final Histogram distances = new Histogram(DIGITS);
    private long taken;
    private long warm;

    /** Watches {@code cpus} CPUs with caches of {@code capacity} heads. */
    ReuseDistance(int cpus, int capacity) {
        ownClock = new int[cpus];
        warmest = capacity;
    }

    /** {@code cpu} took {@code head}. */
    void took(int cpu, int head) {
        clock++;
        ownClock[cpu]++;
        taken++;
        final int freer = freers.get(head);
        if (freer != 0) {
            record(Integer.toUnsignedLong(clock - freedAt.get(head)));
            if (freer == cpu + 1 && isWithin(warmest, freedAtOwn.get(head), ownClock[cpu])) {
                warm++;
            }
        }
    }

    /** Whether {@code to} is at most {@code most} after {@code from}, on a clock that wraps at 2<sup>32</sup>. */
    static boolean isWithin(int most, int from, int to) {
        return Integer.compareUnsigned(to - from, most) <= 0;
    }

    private void record(long distance) {
        if (distance < SHORT) {
            shortDistances[(int) distance]++;
        } else {
            distances.recordValue(distance);
        }
    }

    /** {@code cpu} freed {@code head}. */
    void freed(int cpu, int head) {
        clock++;
        ownClock[cpu]++;
        freers.set(head, cpu + 1);
        freedAt.set(head, clock);
        freedAtOwn.set(head, ownClock[cpu]);
    }

    /** Half of the heads that were used before had lain for at most so many operations; nothing if none was. */
    OptionalDouble median() {
        for (int distance = 0; distance < SHORT; distance++) {
            distances.recordValueWithCount(distance, shortDistances[distance]);
            shortDistances[distance] = 0;
        }
        return distances.getTotalCount() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) distances.getValueAtPercentile(50));
    }

    /** Of all heads taken, those that were warm. */
    OptionalDouble warm() {
        return Ratio.of(warm, taken);
    }
}
