package headcache.workload.trace;

/** The context that a row's function ran in. */
public enum TraceContext {
    /** Process context on the CPU. */
    TASK("task"),
    /** The CPU's own turn. */
    SOFTIRQ("softirq"),
    /** A hard interrupt. */
    HARDIRQ("hardirq");

    private static final TraceContext[] ALL = values();

    private final String label;

    TraceContext(String label) {
        this.label = label;
    }

    /** The word in the recording. */
    public String label() {
        return label;
    }

    static TraceContext of(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }
}
