package headcache.workload.trace;

/** What a row of a recording tells. */
public enum TraceEvent {
    /** A head was popped from the CPU's cache, or a get failed. */
    GET("get"),
    /** A head was pushed on the CPU's cache. */
    PUT("put"),
    /** The slab delivered heads for an empty cache, or nothing. */
    BULK_ALLOC("bulk_alloc"),
    /** A full cache gave heads back. */
    BULK_FREE("bulk_free"),
    /** A head or pair was allocated singly, past the cache. */
    SLAB_ALLOC("slab_alloc"),
    /** A head or pair was freed singly, past the cache. */
    SLAB_FREE("slab_free"),
    /** A NAPI poll function returned. */
    POLL("poll");

    private static final TraceEvent[] ALL = values();

    private final String label;

    TraceEvent(String label) {
        this.label = label;
    }

    /** The word in the recording. */
    public String label() {
        return label;
    }

    /** Whether it touches the CPU's cache: {@code get}, {@code put}, {@code bulk_alloc} and {@code bulk_free}. */
    public boolean isCacheEvent() {
        return ordinal() <= BULK_FREE.ordinal();
    }

    static TraceEvent of(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }
}
