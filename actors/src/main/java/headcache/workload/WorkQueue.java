package headcache.workload;

import headcache.protocol.ActorName;
import headcache.step.StateBytes;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operations of one context of one CPU that are not done yet, as batches in order. */
final class WorkQueue {
    /** Batches that may be under way: one that runs and one that is at hand when it has ended. */
    private static final int WINDOW = 2;

    /** On how many skbs an operation is that does not begin many at once. */
    private static final int MOST_SKBS = 2;

    final ActorName actor;
    private final int limit;
    private final ArrayDeque<PlannedBatch> sealed = new ArrayDeque<>();
    private final ArrayDeque<PlannedBatch> underWay = new ArrayDeque<>();
    private PlannedBatch open;
    private boolean noted;
    private boolean growing;

    WorkQueue(ActorName actor, int limit) {
        this.actor = actor;
        this.limit = limit;
        this.open = new PlannedBatch(this, limit, 0);
    }

    /** The batch for an operation that must not stand below {@code level}. */
    PlannedBatch open(long level) {
        return open(level, MOST_SKBS);
    }

    /** The batch for an operation on {@code skbs} skbs at the most. */
    PlannedBatch open(long level, int skbs) {
        if (open.isEmpty()) {
            open.lift(Math.max(level, open.level()));
        } else if (level > open.level() || open.isFull(skbs)) {
            seal(Math.max(level, open.level()));
        }
        return open;
    }

    PlannedBatch open() {
        return open;
    }

    private void seal(long nextLevel) {
        sealed.add(open);
        open = new PlannedBatch(this, limit, nextLevel);
    }

    /** Takes the next batch, if it is complete and nothing it works on is elsewhere. */
    @Nullable
    PlannedBatch takeSealed() {
        if (sealed.isEmpty() || sealed.getFirst().isWaiting() || underWay.size() == WINDOW) {
            return null;
        }
        final PlannedBatch ready = sealed.remove();
        underWay.add(ready);
        return ready;
    }

    /** Notes whether there is nothing but a batch that could be sent now and may still grow; true only once. */
    boolean mayGrow() {
        final boolean fresh = !growing && isIdleButForOpen();
        growing |= fresh;
        return fresh;
    }

    /** Takes the batch that may still grow, if it is all there is, and ends it. */
    @Nullable
    PlannedBatch takeGrowing() {
        growing = false;
        if (!isIdleButForOpen()) {
            return null;
        }
        seal(open.level());
        return takeSealed();
    }

    private boolean isIdleButForOpen() {
        return sealed.isEmpty() && underWay.isEmpty() && !open.isEmpty() && !open.isWaiting();
    }

    /** Takes the oldest batch that is under way: actors answer in order. */
    PlannedBatch takeAnswered() {
        return underWay.remove();
    }

    /** Notes that the queue is to be looked at; whether it was not noted yet. */
    boolean note() {
        final boolean fresh = !noted;
        noted = true;
        return fresh;
    }

    void forget() {
        noted = false;
    }

    /** A copy; {@code copies} learns which batch became which. */
    WorkQueue copy(IdentityHashMap<PlannedBatch, PlannedBatch> copies) {
        final WorkQueue copy = new WorkQueue(actor, limit);
        for (final PlannedBatch batch : underWay) {
            copy.underWay.add(copyOf(batch, copy, copies));
        }
        for (final PlannedBatch batch : sealed) {
            copy.sealed.add(copyOf(batch, copy, copies));
        }
        copy.open = copyOf(open, copy, copies);
        copy.noted = noted;
        copy.growing = growing;
        return copy;
    }

    private static PlannedBatch copyOf(
            PlannedBatch batch, WorkQueue queue, IdentityHashMap<PlannedBatch, PlannedBatch> copies) {
        final PlannedBatch copy = new PlannedBatch(batch, queue);
        copies.put(batch, copy);
        return copy;
    }

    /** Shows {@code action} every batch, those under way first. */
    void forEach(Consumer<PlannedBatch> action) {
        underWay.forEach(action);
        sealed.forEach(action);
        action.accept(open);
    }

    /** Shows {@code action} every batch that is sent and not done. */
    void forEachUnderWay(Consumer<PlannedBatch> action) {
        underWay.forEach(action);
    }

    void encode(StateBytes bytes) {
        bytes.put(underWay.size());
        bytes.put(sealed.size());
    }
}
