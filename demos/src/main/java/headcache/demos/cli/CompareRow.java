package headcache.demos.cli;

import headcache.metrics.Measures;
import headcache.metrics.Metric;
import headcache.policy.Policy;
import headcache.workload.Workload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one policy made of one workload.
 *
 * @param workload the work
 * @param policy who did it
 * @param measures what came of it, or null if an actor crashed
 * @param failure what the actor said that crashed, or nothing
 */
record CompareRow(
        Workload workload, Policy policy, @Nullable Measures measures, String failure) {

    /** Whether the run came to its end and every head came home. */
    boolean holds() {
        return wrong().isEmpty();
    }

    /** What is wrong, or nothing. */
    String wrong() {
        return measures == null
                ? failure
                : String.join("; ", measures.figures().result().faults());
    }

    /** The value of {@code metric}, if the run came to its end and has one. */
    Optional<Double> value(final Metric metric) {
        return measures == null
                ? Optional.empty()
                : Optional.ofNullable(measures.values().get(metric));
    }

    /** Packets, if the run came to its end. */
    Optional<Long> packets() {
        return measures == null
                ? Optional.empty()
                : Optional.of(measures.figures().result().packets());
    }
}
