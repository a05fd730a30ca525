package headcache.metrics;

import headcache.cost.Cost;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * How long an allocation of a head takes, in virtual time: the cycles of its own work by the constants of {@link Cost}.
 *
 * <p>A get that finds a head costs {@link Cost#CACHED_GET}. One that has to wait for a refill costs the bulk call and what
 * each head of it costs as well; if a depot was asked, the trade, and the slab only where the heads came from there. One
 * that finds what came back from other CPUs costs a {@link Cost#CACHED_PUT} for each head that it lays in the cache. An
 * allocation past the cache costs {@link Cost#SINGLE_ALLOC}. If the head lies in another node's memory, that is a {@link
 * Cost#REMOTE_ACCESS} more. No time is spent in queues: nobody waits for a lock or behind
 * somebody else's message.
 */
final class GetLatency {
    /** Parts of a cycle that are told apart. */
    private static final int PARTS = 10;

    /** Up to 2,000 cycles are told exactly so. */
    private static final int DIGITS = 4;

    private final Histogram parts = new Histogram(DIGITS);

    /** Allocations of the two commonest kinds, which are not in the histogram before somebody asks. */
    private long cached;

    private long singles;

    /** What each CPU's get cost so far, in cycles. */
    private final double[] waited;

    /** Whether each CPU's bulk call is still to be paid for, should its heads come from the slab. */
    private final boolean[] asked;

    /** Watches {@code cpus} CPUs. */
    GetLatency(int cpus) {
        waited = new double[cpus];
        asked = new boolean[cpus];
    }

    /** {@code cpu} asks for a refill. */
    void asked(int cpu) {
        asked[cpu] = true;
    }

    /** A depot looked for a magazine for {@code cpu}. */
    void traded(int cpu) {
        waited[cpu] += Cost.DEPOT_TRADE.cycles();
    }

    /** A refill brought {@code cpu} a head, from the slab or else from a middle layer. */
    void brought(int cpu, boolean fromSlab) {
        if (fromSlab) {
            waited[cpu] += Cost.BULK_ALLOC_HEAD.cycles();
            if (asked[cpu]) {
                waited[cpu] += Cost.BULK_ALLOC.cycles();
            }
        }
        asked[cpu] = false;
    }

    /** {@code cpu} laid a head in its cache that another CPU gave back. */
    void tookBack(int cpu) {
        waited[cpu] += Cost.CACHED_PUT.cycles();
    }

    /** The head that {@code cpu} is about to have lies in another node's memory. */
    void remote(int cpu) {
        waited[cpu] += Cost.REMOTE_ACCESS.cycles();
    }

    /** {@code cpu} has its head. */
    void got(int cpu) {
        if (waited[cpu] == 0) {
            cached++;
        } else {
            record(Cost.CACHED_GET.cycles() + waited[cpu], 1);
            waited[cpu] = 0;
        }
    }

    /** {@code cpu} got nothing, which is not counted as a time. */
    void failed(int cpu) {
        waited[cpu] = 0;
        asked[cpu] = false;
    }

    /** A head came from the slab singly, perhaps from another node's. */
    void single(boolean remote) {
        if (remote) {
            record(Cost.SINGLE_ALLOC.cycles() + Cost.REMOTE_ACCESS.cycles(), 1);
        } else {
            singles++;
        }
    }

    private void record(double cycles, long times) {
        parts.recordValueWithCount(Math.round(PARTS * cycles), times);
    }

    /** Cycles that {@code percent} of the allocations took at most; nothing if there was none. */
    OptionalDouble percentile(double percent) {
        record(Cost.CACHED_GET.cycles(), cached);
        cached = 0;
        record(Cost.SINGLE_ALLOC.cycles(), singles);
        singles = 0;
        return parts.getTotalCount() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) parts.getValueAtPercentile(percent) / PARTS);
    }
}
