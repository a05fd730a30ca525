package headcache.demos.incident;

import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.Tap;
import headcache.workload.Context;
import headcache.workload.ListedWorkload;
import headcache.workload.OpBuffer;
import headcache.workload.OpKinds;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.SkbWriter;
import headcache.workload.Workload;
import headcache.workload.WorkloadRun;
import java.util.ArrayDeque;
import java.util.Deque;

/** Operations that an incident is made of, written down one after the other. */
final class Plays {
    private final OpKinds kinds = new OpKinds();
    private final int build = kinds.in(WayIn.NAPI_BUILD_SKB);
    private final int consume = kinds.out(WayOut.NAPI_CONSUME_SKB);
    private final int pollEnd = kinds.of(new Op.PollEnd());
    private final OpBuffer ops = new OpBuffer();
    private final SkbWriter skbs = new SkbWriter();
    private final Deque<Integer> underWay = new ArrayDeque<>();

    Plays() {
        skbs.writeTo(ops);
    }

    /** {@code count} skbs begin on {@code cpu}, which takes their heads. */
    Plays take(final int cpu, final int count) {
        for (int i = 0; i < count; i++) {
            underWay.add(skbs.begin(build, cpu, Context.SOFTIRQ));
        }
        return this;
    }

    /** The {@code count} oldest skbs end on {@code cpu}, which puts their heads. */
    Plays give(final int cpu, final int count) {
        for (int i = 0; i < count; i++) {
            skbs.end(underWay.remove(), consume, cpu, Context.SOFTIRQ);
        }
        return this;
    }

    /** A poll of {@code cpu} ends. */
    Plays pollEnds(final int cpu) {
        skbs.pollEnds(pollEnd, cpu);
        return this;
    }

    /** What was written, with the end of all that is under way. */
    Workload on(final int cpus) {
        give(0, underWay.size());
        return ListedWorkload.of(Topology.even(cpus, 1), kinds, ops);
    }

    /** Plays {@code workload} in one order, watched by {@code tap}. */
    static RunResult run(final Workload workload, final CpuPolicy policy, final Tap tap) {
        return WorkloadRun.run(
                workload,
                RunOptions.DEFAULT.with(policy).with(Threads.DETERMINISTIC).with(tap),
                ProgressListener.NONE);
    }
}
