package headcache.workload.conform;

/** What one CPU replays, and what its cache holds at the beginning. */
final class CpuPlan {
    private static final int[] NOTHING = {};

    private final int cpu;
    private final int node;
    private final Script softirq = new Script();
    private final Script task = new Script();
    private int[] initialHeads = NOTHING;
    private boolean started;
    private boolean seenCacheEvent;
    private int pendingBulkAlloc = Script.NO_ROW;
    private boolean afterPut;

    CpuPlan(int cpu, int node) {
        this.cpu = cpu;
        this.node = node;
    }

    int cpu() {
        return cpu;
    }

    /** The memory node. */
    int node() {
        return node;
    }

    /** What its softirq replays. */
    Script softirq() {
        return softirq;
    }

    /** What the task pinned to it replays. */
    Script task() {
        return task;
    }

    /** The heads in the cache at the beginning, oldest first. */
    int[] initialHeads() {
        return initialHeads;
    }

    /** Says what the cache holds, so that the replay begins with the first row. */
    void startWith(int[] heads) {
        initialHeads = heads;
        started = true;
    }

    /** Says that the cache is known to be empty before the row that comes next. */
    void start() {
        started = true;
    }

    boolean isStarted() {
        return started;
    }

    /** Whether this is asked for the first time. */
    boolean isFirstCacheEvent() {
        final boolean first = !seenCacheEvent;
        seenCacheEvent = true;
        return first;
    }

    /** Notes a {@code bulk_alloc}, which waits for its get. */
    void bulkAlloc(int row) {
        pendingBulkAlloc = row;
        afterPut = false;
    }

    /** The {@code bulk_alloc} that waits for its get, or {@link Script#NO_ROW}; it waits no longer. */
    int takeBulkAlloc() {
        final int row = pendingBulkAlloc;
        pendingBulkAlloc = Script.NO_ROW;
        return row;
    }

    void get(int row) {
        softirq.add(row, takeBulkAlloc());
        afterPut = false;
    }

    void put(int row) {
        softirq.add(row, Script.NO_ROW);
        afterPut = true;
    }

    /** Notes a single call; a hard interrupt may come at any time, between a put and its {@code bulk_free} too. */
    void single(int row, boolean byTask, boolean interrupt) {
        (byTask ? task : softirq).add(row, Script.NO_ROW);
        afterPut &= interrupt;
    }

    /** Notes a {@code bulk_free}; whether it directly follows the put that caused it. */
    boolean bulkFree(int row) {
        if (afterPut) {
            softirq.attachBulkFree(row);
        }
        final boolean belongs = afterPut;
        afterPut = false;
        return belongs;
    }

    /** Notes a row that is nothing to replay. */
    void other() {
        afterPut = false;
    }
}
