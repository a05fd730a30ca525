package headcache.demos.cli;

import headcache.metrics.Figures;
import headcache.policy.Stage;
import headcache.workload.generated.DriverWorkload;
import java.util.stream.Stream;

/**
 * What one kernel of the series made of one driver's frames.
 *
 * @param workload the driver and what becomes of its frames
 * @param stage the kernel
 * @param figures what came of it
 */
record SeriesRow(DriverWorkload workload, Stage stage, Figures figures) {

    /** What is wrong with where heads were in the end, one line each; none if all came home. */
    Stream<String> faults() {
        return figures.result().faults().stream().map(fault -> workload.name() + ", " + stage.name() + ": " + fault);
    }
}
