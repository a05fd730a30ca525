package headcache.workload.captured;

/** Where received units go. */
public enum Destination {
    /** Out again, by another queue, whose CPU consumes them when they were transmitted. */
    FORWARD,
    /** To a task, which reads and frees them. */
    DELIVER
}
