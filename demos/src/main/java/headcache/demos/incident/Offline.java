package headcache.demos.incident;

import headcache.demos.incident.Side.Figure;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.CpuReport;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.slab.SlabConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A CPU goes offline and keeps what it had parked, while another has nothing. */
final class Offline implements Incident {
    private static final CpuId LEAVES = new CpuId(1);
    private static final CpuId STAYS = new CpuId(0);

    /** As many heads as one cache keeps, and one more: two pages. */
    private static final SlabConfig MEMORY = new SlabConfig(32, 5, 2, 0);

    private static final int PARKED = 63;
    private static final int FRAMES = 48;

    @Override
    public String name() {
        return "offline";
    }

    @Override
    public String title() {
        return "a CPU that goes offline takes its parked heads with it";
    }

    @Override
    public String story() {
        return "The series removed the only function that gave a CPU's parked heads back, and it had only ever served the CPU"
                + " that called it. So since v5.12 nothing empties the cache of a CPU that goes offline: up to 63 heads stay"
                + " with it until it returns, in use for the slab and of use to nobody. SLUB gives back what such a CPU had"
                + " of its own, and the completion queue moves to another CPU. Either would do here.";
    }

    @Override
    public String source() {
        return "fec6e49b6398 (the removal); dev_cpu_dead and slub_cpu_dead for the two ways out";
    }

    @Override
    public Played play() {
        final List<Side> sides = new ArrayList<>();
        final List<String> picture = new ArrayList<>(List.of(
                "the 64 heads when cpu-0 asks: # parked on cpu-1, which is offline, o on cpu-0, . in the slab"));
        for (final OfflinePolicy policy : OfflinePolicy.values()) {
            sides.add(side(policy, picture));
        }
        return new Played(
                "two CPUs and two pages of 32 heads; cpu-1 puts " + PARKED + " and goes offline, then cpu-0 takes "
                        + FRAMES,
                "no get fails while enough heads are free to serve it, wherever they are",
                sides,
                picture);
    }

    private static Side side(final OfflinePolicy policy, final List<String> picture) {
        final MachineConfig config =
                MachineConfig.of(Topology.even(2, 1)).withHeads(MEMORY).withRemoteNodeDefragRatio(0);
        try (Bench bench = new Bench(config)) {
            final @Nullable Skb[] taken =
                    bench.batch(STAYS, new @Nullable Skb[PARKED], slot -> Op.allocate(WayIn.ALLOC_SKB, slot));
            bench.batch(LEAVES, taken, slot -> Op.release(WayOut.NAPI_CONSUME_SKB, slot));
            bench.takeOffline(LEAVES, policy);
            final CpuReport gone = bench.cpu(LEAVES);
            final CpuReport stays = bench.cpu(STAYS);
            final int free = bench.freeHeads();
            picture.add(String.format(
                    Locale.ROOT,
                    "  %-10s %s",
                    label(policy),
                    "#".repeat(gone.parked()) + "o".repeat(stays.parked()) + ".".repeat(free)));
            bench.batch(STAYS, new @Nullable Skb[FRAMES], slot -> Op.allocate(WayIn.NAPI_BUILD_SKB, slot));
            final CpuReport after = bench.cpu(STAYS);
            return new Side(
                    label(policy),
                    after.failedGets() == 0,
                    List.of(
                            Figure.of("parked on cpu-1, offline", gone.parked()),
                            Figure.of("parked on cpu-0", stays.parked()),
                            Figure.of("free in the slab", free),
                            Figure.of("gets of cpu-0", after.gets()),
                            Figure.of("gets that failed", after.failedGets())));
        }
    }

    private static String label(final OfflinePolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
