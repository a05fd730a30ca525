package headcache.cpu;

import headcache.cache.CachePolicy;
import headcache.middle.Batches;
import headcache.middle.Middle;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * How a CPU treats heads.
 *
 * @param cache the parameters of its head cache
 * @param kernel whose code paths it follows
 * @param acknowledged whether spills and single frees are waited for, as the kernel's synchronous calls
 *     are; without, a refill may fail though the heads are on their way home
 * @param backlogLimit items of work that may wait before arriving frames are dropped, 1 or more
 * @param middle what lies between this CPU and the slabs, or null: nothing
 */
public record CpuPolicy(
        CachePolicy cache,
        Kernel kernel,
        boolean acknowledged,
        int backlogLimit,
        @Nullable Middle middle) {
    /** Items that may wait before frames are dropped, where nothing else is said ({@code netdev_max_backlog}). */
    public static final int BACKLOG_LIMIT = 1000;

    /** v5.12 with the later fixes: 64/16/32, newest end, synchronous. */
    public static final CpuPolicy LINUX_5_12 =
            new CpuPolicy(CachePolicy.LINUX_5_12, Kernel.LINUX_5_12, true, BACKLOG_LIMIT);

    /** The kernel before the series. */
    public static final CpuPolicy LINUX_5_11 =
            new CpuPolicy(CachePolicy.BEFORE_SERIES, Kernel.LINUX_5_11, true, BACKLOG_LIMIT);

    /** A policy with nothing between CPU and slabs. */
    public CpuPolicy(CachePolicy cache, Kernel kernel, boolean acknowledged, int backlogLimit) {
        this(cache, kernel, acknowledged, backlogLimit, null);
    }

    /** {@code middle}, on the code paths of v5.12 as far as it follows them. */
    public static CpuPolicy of(Middle middle) {
        return new CpuPolicy(middle.cache(), middle.kernel(), true, BACKLOG_LIMIT, middle);
    }

    /** Checks the range of the backlog limit. */
    public CpuPolicy {
        if (backlogLimit < 1) {
            throw new IllegalArgumentException(
                    "impossible backlog: backlogLimit=" + backlogLimit + " must be 1 or more");
        }
        if (kernel.takes(CodePath.FOREIGN_TO_OWNER) != middle instanceof Batches) {
            throw new IllegalArgumentException(
                    "impossible policy: heads go to their owners by batches, and only so: kernel=" + kernel
                            + ", middle=" + middle);
        }
        if (middle != null && !cache.equals(middle.cache())) {
            throw new IllegalArgumentException("impossible policy: cache=" + cache + " is not what a CPU has with "
                    + middle + ", which is " + middle.cache());
        }
    }
}
