package headcache.workload.conform;

import java.util.ArrayDeque;

/** What one CPU or task was given by, and gave to, the slab of one node, in the recorded order. */
final class Playback {
    private final ArrayDeque<int[]> refills;
    private final IntQueue singles;
    private final IntQueue freed;
    private final IntQueue freedRows;

    Playback() {
        this(new ArrayDeque<>(), new IntQueue(), new IntQueue(), new IntQueue());
    }

    private Playback(ArrayDeque<int[]> refills, IntQueue singles, IntQueue freed, IntQueue freedRows) {
        this.refills = refills;
        this.singles = singles;
        this.freed = freed;
        this.freedRows = freedRows;
    }

    /** The heads of the bulk allocations; none if one failed. */
    ArrayDeque<int[]> refills() {
        return refills;
    }

    /** The objects of the single allocations. */
    IntQueue singles() {
        return singles;
    }

    /** The heads that were freed, singly or in bulk. */
    IntQueue freed() {
        return freed;
    }

    /** For each of {@link #freed}, the row that tells. */
    IntQueue freedRows() {
        return freedRows;
    }

    void addFreed(int head, int row) {
        freed.add(head);
        freedRows.add(row);
    }

    Playback copy() {
        return new Playback(new ArrayDeque<>(refills), singles.copy(), freed.copy(), freedRows.copy());
    }
}
