package headcache.workload.trace;

import headcache.protocol.Head;
import headcache.protocol.SlabKind;
import java.util.Arrays;

/**
 * What a real kernel's head caches did, row by row, in one total order over all CPUs. Immutable.
 *
 * <p>Rows are numbered from 0 and kept in columns of numbers, about 13 bytes a row, because there may be
 * millions. Objects have the numbers that the recording gave them; {@link #head} makes names of them.
 */
public final class Recording {
    /** The object of a get that failed. */
    public static final int NO_OBJECT = -1;

    /** The home of an object whose home was not recorded. */
    public static final int NO_HOME = -1;

    /** CPUs are numbered below this. */
    public static final int CPU_LIMIT = 4096;

    /** Memory nodes are numbered below this. */
    public static final int NODE_LIMIT = RowDetail.NODE_LIMIT;

    private static final int HEADER_LINES = 1;

    private final RecordingBuilder rows;
    private final int cpus;
    private final int nodes;
    private final int[] eventCounts;

    Recording(RecordingBuilder rows) {
        this.rows = rows;
        int lastCpu = -1;
        this.eventCounts = new int[TraceEvent.count()];
        for (int row = 0; row < rows.size; row++) {
            lastCpu = Math.max(lastCpu, rows.cpu[row]);
            eventCounts[rows.event[row]]++;
        }
        int lastNode = 0;
        for (int object = 0; object < rows.objectLimit; object++) {
            lastNode = Math.max(lastNode, home(object));
        }
        for (int call = 0; call < rows.calls.size(); call++) {
            lastNode = Math.max(lastNode, rows.calls.get(call).node());
        }
        this.cpus = lastCpu + 1;
        this.nodes = lastNode + 1;
    }

    /** The file as reports name it. */
    public String file() {
        return rows.source.file();
    }

    /** The recording's name. */
    public String name() {
        return rows.source.name();
    }

    /** How many rows there are. */
    public int size() {
        return rows.size;
    }

    /** How many rows tell of {@code event}. */
    public int count(TraceEvent event) {
        return eventCounts[event.ordinal()];
    }

    /** How many rows touch a cache. */
    public int cacheEvents() {
        return count(TraceEvent.GET)
                + count(TraceEvent.PUT)
                + count(TraceEvent.BULK_ALLOC)
                + count(TraceEvent.BULK_FREE);
    }

    /** CPUs are numbered from 0 to one less than this. */
    public int cpus() {
        return cpus;
    }

    /** Memory nodes, as far as rows name them, are numbered from 0 to one less than this; 1 or more. */
    public int nodes() {
        return nodes;
    }

    /** Objects are numbered from 0 to one less than this. */
    public int objectLimit() {
        return rows.objectLimit;
    }

    /** Whether the memory nodes of objects were recorded. */
    public boolean hasHomes() {
        return rows.hasHomes;
    }

    /** How many numbers {@code seq} left out: rows that the recording lost. */
    public long missingRows() {
        return rows.missingRows;
    }

    /** The line before which the first such row is missing, or 0. */
    public int firstMissingLine() {
        return rows.firstMissingLine;
    }

    /** How many different calls the rows have. */
    public int callCount() {
        return rows.calls.size();
    }

    /** Call number {@code id}, 0 to {@code callCount() - 1}. */
    public Call call(int id) {
        return rows.calls.get(id);
    }

    /** The line of {@code row} in the file, from 1 on. */
    public int line(int row) {
        return row + 1 + HEADER_LINES;
    }

    /** What {@code row} tells. */
    public TraceEvent event(int row) {
        return TraceEvent.of(rows.event[row]);
    }

    /** The CPU it happened on. */
    public int cpu(int row) {
        return rows.cpu[row];
    }

    /** The number of what was called. */
    public int callId(int row) {
        return rows.callOf[row];
    }

    /** The object of a get, put or single call, or {@link #NO_OBJECT}. */
    public int object(int row) {
        return rows.first[row];
    }

    /** The cache's count after a get, or after a put and before any spill; -1 if a failed get has none. */
    public int count(int row) {
        return rows.second[row];
    }

    /** The objects of a bulk row, in array order; a new array. */
    public int[] objects(int row) {
        final int from = rows.first[row] + 1;
        return Arrays.copyOfRange(rows.pool, from, from + rows.second[row]);
    }

    /** The objects that a {@code bulk_free} left in the cache, slot 0 first; a new array. */
    public int[] kept(int row) {
        final int at = rows.first[row];
        final int from = at + 1 + rows.second[row];
        return Arrays.copyOfRange(rows.pool, from, from + rows.pool[at]);
    }

    /** How many frames a poll took. */
    public int work(int row) {
        return rows.first[row];
    }

    /** How many a poll might have taken. */
    public int budget(int row) {
        return rows.second[row];
    }

    /** The memory node of {@code object}, or {@link #NO_HOME}. */
    public int home(int object) {
        return (rows.home[object] & 0xff) - 1;
    }

    /** The name of {@code object} as a head of {@code kind}; its home is node 0 if none was recorded. */
    public int head(int object, SlabKind kind) {
        final int node = Math.max(0, home(object));
        return kind == SlabKind.HEAD ? Head.plain(node, object) : Head.fclone(node, object);
    }
}
