package headcache.demos.cli;

import headcache.machine.RunningMachine.MachineFailure;
import headcache.metrics.Divergence;
import headcache.metrics.Operations;
import headcache.policy.Policy;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plays workloads to two policies and keeps where they part. Of the runs themselves, which have megabytes of operations,
 * there are never more than two.
 */
final class Partings {
    private final List<Policy> two;
    private final Function<Policy, RunOptions> options;
    private final List<Parting> found = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param two the policies
     * @param options how each is run
     */
    Partings(final List<Policy> two, final Function<Policy, RunOptions> options) {
        this.two = List.copyOf(two);
        this.options = options;
    }

    /**
     * Plays {@code workload} to both, side by side.
     *
     * @throws InterruptedException if it was told to stop
     */
    void play(final Workload workload) throws InterruptedException {
        final List<Callable<Run>> runs = new ArrayList<>();
        two.forEach(policy -> runs.add(() -> run(workload, policy)));
        final List<Run> ran = SideBySide.run(runs, ProgressListener.NONE);
        final Operations first = ran.get(0).operations();
        final Operations second = ran.get(1).operations();
        if (first != null && second != null) {
            found.add(Parting.of(workload, Divergence.of(first, second)));
        }
        ran.stream().map(Run::failure).filter(failure -> !failure.isEmpty()).forEach(broken::add);
    }

    private Run run(final Workload workload, final Policy policy) {
        try {
            return new Run(Divergence.run(workload, options.apply(policy)), "");
        } catch (final MachineFailure failure) {
            return new Run(null, workload.name() + ": " + policy.name() + " is broken: " + reason(failure));
        }
    }

    /** Why an actor crashed, in its own words. */
    static String reason(final MachineFailure failure) {
        final Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** What is told of each workload that came to its end under both. */
    List<Parting> found() {
        return found;
    }

    /** What is told of each run that did not. */
    List<String> broken() {
        return broken;
    }

    /** Either what a run did, or how it failed. */
    private record Run(@Nullable Operations operations, String failure) {}
}
