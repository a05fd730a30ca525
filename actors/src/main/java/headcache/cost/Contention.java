package headcache.cost;

import headcache.cost.Prediction.Role;
import headcache.cpu.CpuPolicy;
import headcache.machine.Topology;
import headcache.policy.Policies;
import headcache.policy.Policy;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.workload.Context;
import headcache.workload.ListedWorkload;
import headcache.workload.OpBuffer;
import headcache.workload.OpKinds;
import headcache.workload.SkbWriter;
import headcache.workload.Workload;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Locks that many CPUs want, and what it costs to avoid them. */
final class Contention {
    private static final int QUEUES = 32;

    /** The share of its time that a CPU spent in the lock's slow path. */
    private static final double SPINNING = 0.43;

    private static final int PROCESSORS = 16;

    /** Nanoseconds for an allocation and a free: of magazines, and of what was before, which holds one lock for all. */
    private static final double MAGAZINE = 356;

    private static final double BEFORE_MAGAZINES = 743;

    /** {@code net.core.skb_defer_max} since b61785852ed0. */
    private static final int DEFER_MAX = 128;

    private static final int BURST = 64;
    private static final int BURSTS = 300;

    private Contention() {}

    static Experiment experiment() {
        final LockServer lock = LockServer.fitted(QUEUES, SPINNING);
        final double without = 1 / lock.alone() * QUEUES / lock.throughput(QUEUES);
        final LockServer old = new LockServer(0, BEFORE_MAGAZINES);
        final double magazines = PROCESSORS / MAGAZINE / old.throughput(PROCESSORS);
        return new Experiment(
                "locks",
                "Locks that many CPUs want, and heads that are sent home to avoid them",
                "as stated",
                "as stated",
                "a closed queueing network solved by mean-value analysis (Reiser and Lavenberg, 1980); how long the"
                        + " lock is held is fitted to the time that was spent waiting for it",
                List.of(
                        "alien heads: e20dfbad8aab, 20251106202935.1776179-3-edumazet@google.com",
                        "AF_XDP: Xing, in the thread of 20251116202717.1542829-4-edumazet@google.com",
                        "magazines: Bonwick and Adams, 2001"),
                List.of(
                        new Prediction(
                                "",
                                "32 queues: share of time spent waiting, %",
                                Measured.of(100 * SPINNING),
                                100 * lock.waiting(QUEUES),
                                Role.FITTED),
                        new Prediction(
                                "",
                                "32 queues: alien heads sent home, % faster",
                                Measured.of(50),
                                100 * (without - 1),
                                Role.PREDICTED),
                        new Prediction(
                                "",
                                "AF_XDP, one flow: alien heads sent home, %; cycles saved",
                                Measured.of(100 * (1_458_644.0 / 1_980_000 - 1)),
                                oneFlow(),
                                Role.SIGN),
                        new Prediction(
                                "",
                                "16 processors: magazines, times faster than one lock",
                                Measured.of(340),
                                magazines,
                                Role.PREDICTED)));
    }

    /**
     * Cycles that a packet takes less if what another CPU completes goes home. A completion that finds an alien head hands
     * it back, which is what a reader of v5.19 does.
     */
    private static double oneFlow() {
        final CpuPolicy local = Policies.named("linux-5.12").map(Policy::cpu).orElseThrow();
        final CpuPolicy home = new CpuPolicy(
                local.cache(), Kernel.LINUX_5_19.withDeferMax(DEFER_MAX), local.acknowledged(), local.backlogLimit());
        return FrameCost.perPacket(sentByOne(WayOut.NAPI_CONSUME_SKB), local)
                - FrameCost.perPacket(sentByOne(WayOut.HAND_BACK), home);
    }

    /** A task of cpu-0 sends, and cpu-1 completes by {@code way}; cpu-0 has a poll now and then. */
    private static Workload sentByOne(WayOut way) {
        final OpKinds kinds = new OpKinds();
        final OpBuffer ops = new OpBuffer();
        final SkbWriter skbs = new SkbWriter();
        skbs.writeTo(ops);
        final Queue<Integer> sent = new ArrayDeque<>();
        final int pollEnd = kinds.of(new Op.PollEnd());
        for (int burst = 0; burst < BURSTS; burst++) {
            for (int i = 0; i < BURST; i++) {
                sent.add(skbs.begin(kinds.in(WayIn.ALLOC_SKB), 0, Context.TASK));
            }
            while (!sent.isEmpty()) {
                skbs.end(sent.remove(), kinds.out(way), 1, Context.SOFTIRQ);
            }
            skbs.pollEnds(pollEnd, 1);
            skbs.pollEnds(pollEnd, 0);
        }
        return ListedWorkload.of(Topology.even(2, 1), kinds, ops);
    }
}
