package headcache.demos.incident;

import headcache.cpu.CpuPolicy;
import headcache.demos.incident.Side.Figure;
import headcache.policy.Policies;
import headcache.protocol.CpuId;
import headcache.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** DPDK bug 1027: a cache that is emptied and filled at one blow. */
final class Resonance implements Incident {
    private static final int ROUNDS = 100;
    private static final int TAKES = 2;

    /** What a cache of 96 that holds 64 has room for, and one more. */
    private static final int GIVES = 33;

    /** Half of the size that both caches were asked for. */
    private static final int LEAST_GAP = 32;

    private static final int SHOWN_FROM = 300;
    private static final int SHOWN = 90;

    @Override
    public String name() {
        return "resonance";
    }

    @Override
    public String title() {
        return "a cache that goes back whole is empty for whoever asks next";
    }

    @Override
    public String story() {
        return "DPDK's mempool cache gave back all it had when it was half over its size, and fetched its whole size when it"
                + " was empty. So after a flush the next get found nothing, and after a fetch a few puts flushed again. On a"
                + " production router every 20th object missed the cache. Since 26.07 half of the size goes and half comes;"
                + " there, every 48th misses.";
    }

    @Override
    public String source() {
        return "DPDK bug 1027; f5e1310f16e0";
    }

    @Override
    public Played play() {
        final Plays plays = new Plays().take(0, 1).take(1, GIVES - 1);
        for (int round = 0; round < ROUNDS; round++) {
            plays.give(0, GIVES).take(0, TAKES).pollEnds(0).take(1, GIVES - TAKES);
        }
        final Workload workload = plays.on(2);
        final List<Side> sides = new ArrayList<>();
        final List<String> picture = new ArrayList<>();
        for (final String policy : List.of("dpdk-26.03", "dpdk-26.07")) {
            final CpuPolicy cpu = Policies.cpu(policy);
            final LevelTrace trace = new LevelTrace(new CpuId(0));
            Plays.run(workload, cpu, trace);
            sides.add(side(policy, trace));
            picture.addAll(LevelChart.of(
                    policy + ": heads on cpu-0 after each get and put, R refill, S spill",
                    trace.columns(SHOWN_FROM, SHOWN),
                    cpu.cache().capacity() - 1));
        }
        return new Played(
                ROUNDS + " polls of cpu-0, each of " + GIVES + " completions and " + TAKES
                        + " frames; cpu-1 takes the other frames",
                "two contacts of cpu-0 are at least " + LEAST_GAP + " gets and puts apart, half of the cache's size",
                sides,
                picture);
    }

    private static Side side(final String policy, final LevelTrace trace) {
        return new Side(
                policy,
                trace.leastGap() >= LEAST_GAP,
                List.of(
                        Figure.of("least gap", trace.leastGap()),
                        Figure.of("contacts", trace.contacts()),
                        Figure.of("of these refills", trace.refills()),
                        Figure.of("gets and puts", trace.ops().size())));
    }
}
