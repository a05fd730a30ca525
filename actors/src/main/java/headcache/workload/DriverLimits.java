package headcache.workload;

/**
 * How much of a workload a driver has in hand at a time. None of it grows with the workload's length.
 *
 * @param batch operations of a batch at the most
 * @param ahead operations that are planned and not done at the most
 * @param underWay batches that are sent and not done at the most: a few for each thread; more would only push one
 *     another out of the processor's caches
 * @param busy batches under way with which the machine has enough to do; with fewer, batches are sent that
 *     might still grow
 * @param inOrder whether nothing is planned for one context while another one's operations are not done: all
 *     operations then happen in the workload's order, and what is alive between CPUs is what it says, not how far one
 *     of them could get ahead
 */
public record DriverLimits(int batch, int ahead, int underWay, int busy, boolean inOrder) {
    private static final int BATCH = 256;

    private static final int AHEAD = 1 << 14;

    private static final int BATCH_LIMIT = 1 << 20;

    /** Enough for {@code threads} threads to be busy, and not much more. */
    public static DriverLimits forThreads(int threads) {
        return new DriverLimits(BATCH, AHEAD, 8 * threads, threads + 1, false);
    }

    /** One context at a time, in the workload's order. */
    public static DriverLimits ordered() {
        return new DriverLimits(BATCH, BATCH, 1, 1, true);
    }

    /** Checks the ranges: 1 or more, a batch of a million operations at the most, no more busy than under way. */
    public DriverLimits {
        if (batch < 1 || batch > BATCH_LIMIT || ahead < 1 || busy < 1 || underWay < busy) {
            throw new IllegalArgumentException("impossible driver: batch=" + batch + " must be 1 to " + BATCH_LIMIT
                    + ", ahead=" + ahead + " 1 or more, busy=" + busy + " 1 to underWay=" + underWay);
        }
    }
}
