package headcache.demos.incident;

import headcache.cpu.CpuPolicy;
import headcache.demos.incident.Side.Figure;
import headcache.policy.Policies;
import headcache.protocol.CpuId;
import headcache.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** A poll that takes as many heads as the cache can hold, and gives all of them back. */
final class GroPoll implements Incident {
    private static final int ROUNDS = 100;
    private static final int BUDGET = 64;
    private static final int MERGED = 48;
    private static final int SHOWN = 90;

    /** Gets and puts of the first poll, which fills the cache. */
    private static final int WARM = 2 * BUDGET;

    @Override
    public String name() {
        return "gro-poll";
    }

    @Override
    public String title() {
        return "a full poll comes back to a cache that is one head too small";
    }

    @Override
    public String story() {
        return "A poll takes at most 64 frames, and the cache of v5.12 has 64 slots, of which it keeps 63 at most. Where skbs"
                + " are built for a whole poll before GRO sees them, 48 heads come back when GRO merges three of four"
                + " frames, and the other 16 when they were sent: the last put fills the cache and half of it leaves, to be"
                + " fetched again by the next poll. With 128 slots nothing leaves.";
    }

    @Override
    public String source() {
        return "20251118070646.61344-1-kerneljasonxing@gmail.com (3505730d9042); the pattern is this project's reading";
    }

    @Override
    public Played play() {
        final Plays plays = new Plays();
        for (int round = 0; round < ROUNDS; round++) {
            plays.take(0, BUDGET).give(0, MERGED).pollEnds(0).give(0, BUDGET - MERGED);
        }
        final Workload workload = plays.on(1);
        final List<Side> sides = new ArrayList<>();
        final List<String> picture = new ArrayList<>();
        for (final String policy : List.of("linux-5.12", "linux-128")) {
            final CpuPolicy cpu = Policies.cpu(policy);
            final LevelTrace trace = new LevelTrace(new CpuId(0));
            Plays.run(workload, cpu, trace);
            sides.add(side(policy, trace));
            picture.addAll(LevelChart.of(
                    policy + ": heads after each get and put of the second poll, R refill, S spill",
                    trace.columns(WARM + SHOWN / 2, SHOWN),
                    cpu.cache().capacity() - 1));
        }
        return new Played(
                ROUNDS + " polls of " + BUDGET + " frames: all taken, " + MERGED
                        + " merged, the others sent and consumed",
                "once the first poll has fetched its heads, no poll needs the slab",
                sides,
                picture);
    }

    private static Side side(final String policy, final LevelTrace trace) {
        final long later = trace.ops().stream()
                .skip(WARM)
                .filter(op -> op.contact() != LevelTrace.Contact.NONE)
                .count();
        return new Side(
                policy,
                later == 0,
                List.of(
                        Figure.of("contacts after the first poll", later),
                        Figure.of("contacts of the first poll", trace.contacts() - later),
                        Figure.of("gets and puts", trace.ops().size())));
    }
}
