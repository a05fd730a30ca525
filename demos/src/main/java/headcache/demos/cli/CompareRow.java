package headcache.demos.cli;

import headcache.metrics.Figures;
import headcache.policy.Policy;
import headcache.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * What one policy made of one workload.
 *
 * @param workload the work
 * @param policy who did it
 * @param figures what came of it, or null if an actor crashed
 * @param failure what the actor said that crashed, or nothing
 */
record CompareRow(
        Workload workload, Policy policy, @Nullable Figures figures, String failure) {

    /** Whether the run came to its end and every head came home. */
    boolean holds() {
        return figures != null && figures.result().faults().isEmpty();
    }
}
