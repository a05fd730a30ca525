package headcache.cost;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cost.Prediction.Role;
import headcache.cpu.CpuPolicy;
import headcache.policy.Policies;
import headcache.protocol.WayIn;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.workload.generated.Fate;
import java.util.List;

/** Time that a packet took less when single calls became bulk calls, measured on processors like that of the constants. */
final class Savings {
    /** Heads that cpumap allocates or frees at a time. */
    private static final int CPUMAP_BATCH = 8;

    private static final int LIST_BATCH = 16;

    /** Gigahertz of the machines. */
    private static final double I7_4790K = 4.2;

    private static final double E5_1650V4 = 3.6;

    /** 109 cycles were 30.5 ns. */
    private static final double BROADWELL = 109 / 30.5;

    /** The ancestor of the series: 8 in on empty, and all out when the softirq ends. */
    private static final CpuPolicy ANCESTOR = new CpuPolicy(
            new CachePolicy(64, 8, 64, SpillEnd.NEWEST),
            Kernel.LINUX_5_12.with(CodePath.FLUSH_AFTER_SOFTIRQ),
            true,
            CpuPolicy.BACKLOG_LIMIT);

    private Savings() {}

    static Experiment experiment() {
        final double singles = FrameCost.cycles(WayIn.BUILD_SKB, Fate.FORWARDED, Policies.cpu("no-cache"));
        final double bulkFree = FrameCost.cycles(WayIn.BUILD_SKB, Fate.FORWARDED, Policies.cpu("linux-5.11"));
        final double both = FrameCost.cycles(WayIn.NAPI_BUILD_SKB, Fate.FORWARDED, ANCESTOR);
        final double batchAlloc =
                Cost.SINGLE_ALLOC.cycles() - Cost.BULK_ALLOC.cycles() / CPUMAP_BATCH - Cost.BULK_ALLOC_HEAD.cycles();
        final double batchFree =
                Cost.SINGLE_FREE.cycles() - Cost.BULK_FREE_OP.cycles() / CPUMAP_BATCH - Cost.BULK_FREE_HEAD.cycles();
        return new Experiment(
                "savings",
                "Single calls that became bulk calls, nanoseconds less for each packet",
                "ns",
                "ns",
                "the constants and the machines' clocks; nothing is fitted; cpumap's batches are of 8",
                List.of(
                        "i7: 20151023124616.17364.61007.stgit@firesoul, 20151023124621.17364.15109.stgit@firesoul",
                        "E5: xdp-project, areas/cpumap, cpumap02",
                        "Broadwell: xdp-project, areas/mem, kfree_skb_list01; eedade12f4cb"),
                List.of(
                        saved(
                                "i7-4790K: completions freed in bulk, 2015",
                                nanos(1.982144, 2.064446),
                                (singles - bulkFree) / I7_4790K),
                        saved(
                                "i7-4790K: and 8 allocated at a time and used again, 2015",
                                nanos(2.064446, 2.083031),
                                (bulkFree - both) / I7_4790K),
                        saved(
                                "E5-1650v4: heads allocated in bulk, no socket, 2019",
                                nanos(2.832411, 2.943928),
                                batchAlloc / E5_1650V4),
                        saved(
                                "E5-1650v4: heads allocated in bulk, dropped at once, 2019",
                                nanos(5.522555, 5.908032),
                                batchAlloc / E5_1650V4),
                        saved("E5-1650v4: heads freed in bulk, dropped at once, 2019", 3.75, batchFree / E5_1650V4),
                        saved(
                                "Broadwell: batch of 16 against a loop, 2023",
                                12.6,
                                (Cost.SINGLE_ALLOC.cycles()
                                                + Cost.SINGLE_FREE.cycles()
                                                - (Cost.BULK_ALLOC.cycles() + Cost.BULK_FREE_OP.cycles()) / LIST_BATCH
                                                - Cost.BULK_ALLOC_HEAD.cycles()
                                                - Cost.BULK_FREE_HEAD.cycles())
                                        / BROADWELL)));
    }

    private static Prediction saved(String what, double measured, double predicted) {
        return new Prediction("", what, Measured.of(measured), predicted, Role.PREDICTED);
    }

    /** Nanoseconds that each packet took less, of so many million packets a second before and after. */
    private static double nanos(double before, double after) {
        return 1000 / before - 1000 / after;
    }
}
