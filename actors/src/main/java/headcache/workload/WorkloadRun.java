package headcache.workload;

import headcache.audit.Audit;
import headcache.cpu.CpuPolicy;
import headcache.machine.Channels;
import headcache.machine.MachineConfig;
import headcache.machine.MachinePlan;
import headcache.machine.MachineReply.Snapshot;
import headcache.machine.RunningMachine;
import headcache.machine.Topology;
import headcache.middle.Batches;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.skb.CodePath;
import headcache.step.Tap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a workload from boot to shutdown. For callers outside of any actor: it blocks until the end. */
public final class WorkloadRun {
    /** The longest time without any sign of life. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final DriverId DRIVER = new DriverId(0);

    private static final DriverId AUDIT = new DriverId(1);

    private static final DriverId PACER = new DriverId(2);

    private WorkloadRun() {}

    /**
     * Boots the machine, plays {@code workload}, counts, drains, counts again and stops. A deterministic run keeps to the
     * workload's own order; on several threads a CPU may get ahead of others.
     *
     * @param listener is told from time to time how far the run has come
     * @throws IllegalArgumentException if the machine is too small for the workload
     * @throws RunningMachine.MachineFailure if an actor crashed, such as by {@link
     *     headcache.step.HeadMisuse}, which is then the cause
     */
    public static RunResult run(Workload workload, RunOptions options, ProgressListener listener) {
        final Topology machine = options.machineFor(workload);
        final ParkedElsewhere watch = options.isMemoryLimited() ? new ParkedElsewhere(machine.cpus()) : null;
        final Tap tap = watch == null ? options.tap() : watch.before(options.tap());
        final long total = workload.packets() * options.repeat();
        final List<RunCut> cuts = new ArrayList<>();
        try (RunningMachine running = RunningMachine.boot(plan(workload, options, tap), options.threads(), PATIENCE)) {
            final long from = System.nanoTime();
            running.send(options.isAudited() ? PACER : DRIVER, new DriverMessage.Start(running.console()));
            final DriverMessage.Progress end = awaitEnd(running, total, cuts, listener);
            final long nanos = System.nanoTime() - from;
            final Snapshot atEnd = running.snapshot();
            running.drain();
            final RunResult counted = new RunResult(
                    machine,
                    atEnd,
                    running.snapshot(),
                    end.packets(),
                    end.operations(),
                    end.batches(),
                    end.failed(),
                    end.cancelled(),
                    OptionalLong.empty(),
                    List.copyOf(cuts),
                    nanos);
            return counted.with(failedWhileParked(counted, watch));
        }
    }

    private static MachinePlan plan(Workload workload, RunOptions options, Tap tap) {
        final Topology machine = options.machineFor(workload);
        final DriverLimits limits = options.threads().deterministic()
                ? DriverLimits.ordered()
                : DriverLimits.forThreads(options.threads().parallelism());
        final MachineConfig config = MachineConfig.of(machine)
                .with(options.policy())
                .withHeads(options.heads())
                .withSeed(options.seed());
        if (!options.isAudited()) {
            final DriverStep driver = new DriverStep(DRIVER, workload, machine, options.repeat(), limits);
            return config.plan(tap).withDrivers(List.of(DriverActor.create(DRIVER, driver, tap)));
        }
        final Tap within = Audit.within(tap);
        final MachinePlan plan = config.plan(within);
        final Audit audit = new Audit(Channels.of(plan, 1, uses(options.policy())), AUDIT);
        final DriverStep driver =
                new DriverStep(DRIVER, workload, machine, options.repeat(), limits, options.auditEvery());
        return audit.audited(plan)
                .withDrivers(List.of(
                        DriverActor.create(DRIVER, audit.audited(DRIVER, driver), within),
                        DriverActor.create(AUDIT, audit.step(), within),
                        DriverActor.create(PACER, new AuditPacer(PACER, DRIVER, AUDIT), within)));
    }

    private static Set<Channels.Use> uses(CpuPolicy policy) {
        if (policy.middle() instanceof Batches) {
            return Set.of(Channels.Use.TASKS, Channels.Use.RETURNS);
        }
        return policy.kernel().takes(CodePath.DEFER_TO_OWNER)
                ? Set.of(Channels.Use.TASKS, Channels.Use.DEFERS)
                : Set.of(Channels.Use.TASKS);
    }

    private static DriverMessage.Progress awaitEnd(
            RunningMachine running, long total, List<RunCut> cuts, ProgressListener listener) {
        while (true) {
            final DriverMessage answer = running.receive();
            if (answer instanceof AuditPacer.Taken taken) {
                cuts.add(RunCut.of(taken));
            } else if (answer instanceof DriverMessage.Progress progress) {
                listener.progress(progress.packets(), total);
                if (progress.ended()) {
                    return progress;
                }
            } else {
                throw new IllegalStateException("not what a driver tells its listener: " + answer);
            }
        }
    }

    private static OptionalLong failedWhileParked(RunResult counted, @Nullable ParkedElsewhere watch) {
        if (watch != null) {
            return OptionalLong.of(watch.count());
        }
        return counted.failedGets() == 0 ? OptionalLong.of(0) : OptionalLong.empty();
    }
}
