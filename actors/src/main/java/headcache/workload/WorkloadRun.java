package headcache.workload;

import headcache.machine.MachineConfig;
import headcache.machine.MachinePlan;
import headcache.machine.MachineReply.Snapshot;
import headcache.machine.RunningMachine;
import headcache.machine.Topology;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.step.Tap;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Runs a workload from boot to shutdown. For callers outside of any actor: it blocks until the end. */
public final class WorkloadRun {
    /** The longest time without any sign of life. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final DriverId DRIVER = new DriverId(0);

    private WorkloadRun() {}

    /**
     * Boots the machine, plays {@code workload}, counts, drains, counts again and stops.
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
        final DriverStep driver = new DriverStep(
                DRIVER,
                workload,
                machine,
                options.repeat(),
                DriverLimits.forThreads(options.threads().parallelism()));
        final MachinePlan plan = MachineConfig.of(machine)
                .with(options.policy())
                .withHeads(options.heads())
                .withSeed(options.seed())
                .plan(tap)
                .withDrivers(List.of(DriverActor.create(DRIVER, driver, tap)));
        final long total = workload.packets() * options.repeat();
        try (RunningMachine running = RunningMachine.boot(plan, options.threads(), PATIENCE)) {
            final long from = System.nanoTime();
            running.send(DRIVER, new DriverMessage.Start(running.console()));
            final DriverMessage.Progress end = awaitEnd(running, total, listener);
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
                    nanos);
            return counted.with(failedWhileParked(counted, watch));
        }
    }

    private static DriverMessage.Progress awaitEnd(RunningMachine running, long total, ProgressListener listener) {
        while (true) {
            final DriverMessage answer = running.receive();
            if (!(answer instanceof DriverMessage.Progress progress)) {
                throw new IllegalStateException("not what a driver tells its listener: " + answer);
            }
            listener.progress(progress.packets(), total);
            if (progress.ended()) {
                return progress;
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
