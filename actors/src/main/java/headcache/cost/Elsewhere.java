package headcache.cost;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cost.Prediction.Role;
import headcache.cpu.CpuPolicy;
import headcache.policy.Policies;
import headcache.protocol.WayIn;
import headcache.skb.Kernel;
import headcache.workload.Workload;
import headcache.workload.generated.Fate;
import headcache.workload.generated.Generator;
import java.util.ArrayList;
import java.util.List;

/** Measurements on machines of which too little is known to say more than better or worse. */
final class Elsewhere {
    private static final int CPUMAP_BATCH = 8;
    private static final long PACKETS = 20_000;
    private static final CpuPolicy MERGED = Policies.cpu("linux-5.12");

    /** Cycles of the two halves of a single call that becomes a bulk call of {@link #CPUMAP_BATCH}. */
    private static final double BATCHED =
            Cost.BULK_ALLOC.cycles() / CPUMAP_BATCH + Cost.BULK_ALLOC_HEAD.cycles() - Cost.SINGLE_ALLOC.cycles();

    private final List<Prediction> figures = new ArrayList<>();

    Experiment experiment() {
        refills();
        add(
                "ice: napi_build_skb, six sizes of frames, %",
                Measured.between(percent(34654, 34708), percent(46062, 47438)),
                cycles(WayIn.BUILD_SKB, Fate.DELIVERED) - cycles(WayIn.NAPI_BUILD_SKB, Fate.DELIVERED));
        add("cpumap: heads from the cache, no GRO, %", Measured.of(percent(2.3, 2.4)), cpumap(Fate.DELIVERED));
        add("cpumap: heads from the cache, GRO, %", Measured.of(percent(4.0, 4.7)), cpumap(Fate.MERGED));
        final Workload flow =
                Generator.TCP_RX.workload(Generator.TCP_RX.defaults().withPackets(PACKETS));
        add(
                "defer lists: one TCP flow, %",
                Measured.of(percent(49685, 73076)),
                FrameCost.perPacket(flow, MERGED) - FrameCost.perPacket(flow, Policies.cpu("linux-5.19")));
        return new Experiment(
                "elsewhere",
                "Other machines: better or worse",
                "%",
                "cycles saved for each packet",
                "cycles saved for each packet; nothing is fitted, and only signs are compared",
                List.of(
                        "refills: patch 8, f450d539c05a",
                        "ice: c15500198916 and its series",
                        "cpumap: ed16b8a4d1ca, 20250205163609.3208829-6-aleksander.lobakin@intel.com",
                        "defer lists: 68822bdf76f1"),
                figures);
    }

    /** Of 8, 16 and 32 at a time 16 was the best. */
    private void refills() {
        for (final int refill : new int[] {8, 32}) {
            for (final Fate fate : List.of(Fate.FORWARDED, Fate.MERGED, Fate.DELIVERED)) {
                add(
                        "the board: " + refill + " at a time in place of 16, frames " + fate.label(),
                        Measured.worse(),
                        cycles(WayIn.NAPI_BUILD_SKB, fate)
                                - FrameCost.cycles(WayIn.NAPI_BUILD_SKB, fate, refilling(refill)));
            }
        }
    }

    private static CpuPolicy refilling(int refill) {
        return new CpuPolicy(
                new CachePolicy(64, refill, 32, SpillEnd.NEWEST), Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT);
    }

    /** Heads that a kernel thread fetched from the slab in batches come from the cache. */
    private static double cpumap(Fate fate) {
        return cycles(WayIn.BUILD_SKB, fate) + BATCHED - cycles(WayIn.NAPI_BUILD_SKB, fate);
    }

    private static double cycles(WayIn driver, Fate fate) {
        return FrameCost.cycles(driver, fate, MERGED);
    }

    private void add(String what, Measured measured, double saved) {
        figures.add(new Prediction("", what, measured, saved, Role.SIGN));
    }

    private static double percent(double before, double after) {
        return 100 * (after / before - 1);
    }
}
