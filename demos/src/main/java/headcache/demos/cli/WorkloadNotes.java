package headcache.demos.cli;

import headcache.workload.Workload;
import java.io.PrintWriter;
import java.util.Collection;

/** What is to be known of workloads before their figures are believed: what is lost of a capture, what is guessed. */
final class WorkloadNotes {
    private WorkloadNotes() {}

    /** Below the name of {@code workload}, for people. */
    static void below(final Workload workload, final PrintWriter out) {
        workload.notes().forEach(note -> out.println("note: " + note));
    }

    /** Beside what programs read. */
    static void beside(final Collection<Workload> workloads, final PrintWriter err) {
        workloads.forEach(
                workload -> workload.notes().forEach(note -> err.println(workload.name() + ": note: " + note)));
        err.flush();
    }
}
