package headcache.cost;

import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.workload.OpBuffer;
import headcache.workload.OpStream;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.Workload;
import headcache.workload.WorkloadRun;
import headcache.workload.generated.DriverWorkload;
import headcache.workload.generated.Fate;
import headcache.workload.generated.GeneratorOptions;

/** What the heads of one received frame cost, all skbs that came of it included. */
final class FrameCost {
    private static final GeneratorOptions TRAFFIC = new GeneratorOptions(1, 1, 20_000, 1);

    private FrameCost() {}

    /** Cycles for each frame of a driver that calls {@code driver}, by the constants of {@link Cost}. */
    static double cycles(WayIn driver, Fate fate, CpuPolicy policy) {
        final DriverWorkload workload = new DriverWorkload(driver, fate, TRAFFIC);
        return bill(workload, policy).cycles() / frames(workload, driver);
    }

    /** Cycles for each packet of {@code workload}. */
    static double perPacket(Workload workload, CpuPolicy policy) {
        return bill(workload, policy).cyclesPerPacket();
    }

    /** What {@code workload} costs. */
    static Bill bill(Workload workload, CpuPolicy policy) {
        final RunOptions options = RunOptions.DEFAULT.with(policy).with(Threads.DETERMINISTIC);
        return Bill.of(WorkloadRun.run(workload, options, ProgressListener.NONE), policy);
    }

    private static long frames(Workload workload, WayIn driver) {
        long frames = 0;
        final OpStream stream = workload.open();
        final OpBuffer ops = new OpBuffer();
        while (stream.read(ops)) {
            for (int i = 0; i < ops.size(); i++) {
                final boolean taken = workload.kinds().get(ops.kind(i)) instanceof Op.Allocate op && op.way() == driver;
                frames += taken ? 1 : 0;
            }
            ops.clear();
        }
        return frames;
    }
}
