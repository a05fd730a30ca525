package headcache.skb;

import java.util.Arrays;
import java.util.List;

/**
 * Which kernel's code paths are followed. The reference is v5.12 with the later fixes to this code.
 *
 * @param paths the code paths it takes, one bit each
 * @param deferMax {@code net.core.skb_defer_max}, 0 or more: how long a defer list may grow, where there are any
 */
public record Kernel(int paths, int deferMax) {
    /** What {@code net.core.skb_defer_max} is from 5.19 on, where nothing else is said. */
    public static final int DEFER_MAX = 64;

    /**
     * The kernel before the series: the array only collects frees and is flushed at the end of each softirq, and every
     * allocation goes to the slab.
     */
    public static final Kernel LINUX_5_11 = of(CodePath.FLUSH_AFTER_SOFTIRQ, CodePath.LATER_FIXES);

    /** v5.12 with the later fixes. */
    public static final Kernel LINUX_5_12 = of(
            CodePath.BUILD_FROM_CACHE,
            CodePath.FLAG_FROM_CACHE,
            CodePath.NAPI_ALLOC_FROM_CACHE,
            CodePath.MERGED_TO_CACHE,
            CodePath.LATER_FIXES);

    /** v5.12 as it was released, with both bugs. */
    public static final Kernel LINUX_5_12_UNFIXED = LINUX_5_12.without(CodePath.LATER_FIXES);

    /**
     * v5.19: what was read elsewhere goes home to the CPU that allocated it. With the later fix to that code: what an
     * skb holds is released before it is put on the list, since it may stay there for ever.
     */
    public static final Kernel LINUX_5_19 = LINUX_5_12.with(CodePath.DEFER_TO_OWNER);

    /**
     * v6.19: only a CPU's own heads are put, whoever ends them, tasks take part, and heads can be got at once. Its cache
     * has other sizes too.
     */
    public static final Kernel LINUX_6_19 = LINUX_5_19
            .with(CodePath.DEFER_BY_NODE)
            .with(CodePath.READ_TO_CACHE)
            .with(CodePath.ALIEN_TO_OWNER)
            .with(CodePath.PEEK_BEFORE_SLAB)
            .with(CodePath.BULK_GET)
            .withDeferMax(128);

    /** No cache of any kind: the kernel before 2016, where this code is concerned. */
    public static final Kernel WITHOUT_CACHE = of(CodePath.NOTHING_PUT, CodePath.LATER_FIXES);

    /** The kernel that takes {@code paths} and no others. */
    public static Kernel of(CodePath... paths) {
        int bits = 0;
        for (final CodePath path : paths) {
            bits |= bit(path);
        }
        return new Kernel(bits, DEFER_MAX);
    }

    /** This kernel with {@code path}. */
    public Kernel with(CodePath path) {
        return new Kernel(paths | bit(path), deferMax);
    }

    /** This kernel without {@code path}. */
    public Kernel without(CodePath path) {
        return new Kernel(paths & ~bit(path), deferMax);
    }

    /** This kernel with another {@code net.core.skb_defer_max}. */
    public Kernel withDeferMax(int max) {
        return new Kernel(paths, max);
    }

    /** The most skbs on a defer list. */
    public int deferCap() {
        return takes(CodePath.DEFER_BY_NODE) ? Math.max(0, deferMax - 1) : deferMax;
    }

    /**
     * At how many skbs a defer list raises the softirq that empties it: one more than half of {@code skb_defer_max}. A list that
     * is full before never does.
     */
    public int deferKick() {
        return deferMax / 2 + 1;
    }

    /** Whether it takes {@code path}. */
    public boolean takes(CodePath path) {
        return (paths & bit(path)) != 0;
    }

    /** Whether any allocation is served by the cache: the array is a cache, not only a buffer of frees. */
    public boolean servesGets() {
        return takes(CodePath.BUILD_FROM_CACHE)
                || takes(CodePath.FLAG_FROM_CACHE)
                || takes(CodePath.NAPI_ALLOC_FROM_CACHE)
                || takes(CodePath.ALL_FROM_CACHE);
    }

    private static int bit(CodePath path) {
        return 1 << path.ordinal();
    }

    /** The code paths it takes, for people. */
    @Override
    public String toString() {
        final List<CodePath> taken =
                Arrays.stream(CodePath.values()).filter(this::takes).toList();
        return "Kernel" + taken;
    }
}
