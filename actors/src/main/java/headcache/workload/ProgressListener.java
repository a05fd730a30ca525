package headcache.workload;

/** Whoever wants to know how far a run has come. Called on the thread that called for the run. */
@FunctionalInterface
public interface ProgressListener {

    /** Wants to know nothing. */
    ProgressListener NONE = (packets, total) -> {};

    /** {@code packets} of {@code total} have begun, and most of them ended. */
    void progress(long packets, long total);
}
