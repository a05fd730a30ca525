package headcache.cost;

import headcache.cost.Prediction.Role;
import headcache.cpu.CpuPolicy;
import headcache.policy.Policies;
import headcache.workload.Workload;
import headcache.workload.generated.Generator;
import java.util.List;
import java.util.stream.Stream;

/** Locks that many CPUs want, and what it costs to avoid them. */
final class Contention {
    private static final int QUEUES = 32;

    /** The share of its time that a CPU spent in the lock's slow path. */
    private static final double SPINNING = 0.43;

    private static final int PROCESSORS = 16;

    /** Nanoseconds for an allocation and a free: of magazines, and of what was before, which holds one lock for all. */
    private static final double MAGAZINE = 356;

    private static final double BEFORE_MAGAZINES = 743;

    private static final int PACKETS = 20_000;

    /** Cycles that a CPU spends on a packet and not waiting: of 80 million packets a second by all, at 4 GHz. */
    private static final double OWN_CYCLES = QUEUES / 80e6 * 4e9 * (1 - SPINNING);

    private static final CpuPolicy BEFORE = Policies.cpu("linux-5.19");
    private static final CpuPolicy AFTER = Policies.cpu("linux-6.19");

    private Contention() {}

    static Experiment experiment() {
        final LockServer lock = LockServer.fitted(QUEUES, SPINNING);
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
                                100 * (manyQueues(lock) - 1),
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

    /** Cycles that a packet of one flow takes less if what another CPU completes goes home. */
    private static double oneFlow() {
        final Workload flow =
                Generator.AF_XDP.workload(Generator.AF_XDP.defaults().withPackets(PACKETS));
        return FrameCost.perPacket(flow, BEFORE) - FrameCost.perPacket(flow, AFTER);
    }

    /**
     * How many times as fast {@link #QUEUES} senders are when heads go home: they need the lock less often, but have
     * more, or less, to do without it.
     *
     * @param lock of which one packet needs one call before
     */
    private static double manyQueues(LockServer lock) {
        final Workload queues = Generator.UDP_TX.workload(
                Generator.UDP_TX.defaults().withCpus(QUEUES).withPackets(PACKETS));
        final Bill before = FrameCost.bill(queues, BEFORE);
        final Bill after = FrameCost.bill(queues, AFTER);
        final double calls = (double) slabCalls(after) / slabCalls(before);
        final double alone = 1 + (after.cyclesPerPacket() - before.cyclesPerPacket()) / OWN_CYCLES;
        final LockServer seldom = new LockServer(alone / calls, lock.held());
        return seldom.throughput(QUEUES) / calls / lock.throughput(QUEUES);
    }

    private static long slabCalls(Bill bill) {
        return Stream.of(Cost.SINGLE_ALLOC, Cost.SINGLE_FREE, Cost.BULK_ALLOC, Cost.BULK_FREE_OP)
                .mapToLong(bill::count)
                .sum();
    }
}
