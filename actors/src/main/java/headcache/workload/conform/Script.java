package headcache.workload.conform;

/**
 * The rows that one CPU's softirq or one task replays, in order: each is one operation. Bulk rows are no
 * operations but what an operation causes, so they are kept with the get or put that they belong to.
 */
final class Script {
    /** The operation has no such row. */
    static final int NO_ROW = -1;

    private final IntList rows = new IntList();
    private final IntList bulkAllocs = new IntList();
    private final IntList bulkFrees = new IntList();

    void add(int row, int bulkAlloc) {
        rows.add(row);
        bulkAllocs.add(bulkAlloc);
        bulkFrees.add(NO_ROW);
    }

    /** Says that {@code bulkFree} belongs to the last operation. */
    void attachBulkFree(int bulkFree) {
        bulkFrees.set(bulkFrees.size() - 1, bulkFree);
    }

    int size() {
        return rows.size();
    }

    /** The row of operation {@code op}. */
    int row(int op) {
        return rows.get(op);
    }

    /** The {@code bulk_alloc} row that comes with operation {@code op}, or {@link #NO_ROW}. */
    int bulkAlloc(int op) {
        return bulkAllocs.get(op);
    }

    /** The {@code bulk_free} row that comes with operation {@code op}, or {@link #NO_ROW}. */
    int bulkFree(int op) {
        return bulkFrees.get(op);
    }
}
