package headcache.workload.conform;

import headcache.cache.HeadCache;
import headcache.protocol.Head;
import headcache.protocol.SlabKind;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.workload.trace.Recording;
import headcache.workload.trace.TraceEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares what one CPU's softirq or one task does with the rows that it replays.
 *
 * <p>Each operation ends in exactly one event that tells what became of it, so the next such event always
 * belongs to the next row, whatever went wrong before. Between them lie the refill that a get causes and
 * the spill that follows a put.
 */
final class ScriptChecker {
    private final Recording recording;
    private final Routes routes;
    private final Script script;
    private final int cpu;
    private final RemoteCounts remote;
    private final Findings findings = new Findings();
    private final int[] unknownCalls;
    private final IntList delivered = new IntList();
    private final IntList spilled = new IntList();
    private int asked;
    private boolean afterPut;
    private int op;
    private int routesCompared;

    ScriptChecker(ReplayPlan plan, CpuPlan cpu, Script script) {
        this.recording = plan.recording();
        this.routes = plan.routes();
        this.script = script;
        this.cpu = cpu.cpu();
        this.remote = new RemoteCounts(cpu.node());
        this.unknownCalls = new int[recording.callCount()];
    }

    /**
     * Takes the events of a step.
     *
     * @param heads what is parked after it, or null for a task
     */
    void onStep(EventLog events, @Nullable HeadCache heads) {
        for (int i = 0; i < events.size(); i++) {
            on(events.kind(i), events.head(i), events.detail(i));
        }
        finishSpill(heads);
    }

    private void on(EventKind kind, int head, int detail) {
        switch (kind) {
            case REFILL_ASKED -> asked = detail;
            case REFILL -> {
                delivered.add(head);
                remote.modelDelivered(head);
            }
            case SPILL -> spilled.add(head);
            case GET, GET_FAILED, PUT, SINGLE_ALLOC, SINGLE_ALLOC_FAILED, SINGLE_FREE -> operation(kind, head, detail);
            default -> {}
        }
    }

    private void operation(EventKind kind, int head, int detail) {
        finishSpill(null);
        if (op == script.size()) {
            throw new IllegalStateException("more operations than were given: cpu=" + cpu + ", event=" + kind);
        }
        final int row = script.row(op);
        checkRefill(row, script.bulkAlloc(op));
        if (isRouteEqual(row, kind, head)) {
            checkOutcome(row, kind, head, detail);
        }
        afterPut = kind == EventKind.PUT;
        op++;
    }

    private void checkRefill(int row, int bulkAlloc) {
        if (bulkAlloc != Script.NO_ROW) {
            final int[] objects = recording.objects(bulkAlloc);
            final int[] heads = heads(objects);
            for (final int head : heads) {
                remote.recordedDelivered(head);
            }
            final boolean asRecorded = objects.length == 0 ? asked > 0 : asked == objects.length;
            if (!asRecorded || !delivered.has(heads)) {
                differs(Check.RULE, bulkAlloc, () -> asked == 0 ? "asks the slab for nothing" : "asks for " + asked);
            }
        } else if (asked != 0) {
            final String ask = "asks the slab for " + asked;
            differs(Check.RULE, row, () -> ask + ", which was not recorded here");
        }
        asked = 0;
        delivered.clear();
    }

    private boolean isRouteEqual(int row, EventKind kind, int head) {
        if (!routes.isKnown(row)) {
            unknownCalls[recording.callId(row)]++;
            return true;
        }
        routesCompared++;
        final boolean recorded = recording.event(row).isCacheEvent();
        final boolean modelled = kind == EventKind.GET || kind == EventKind.GET_FAILED || kind == EventKind.PUT;
        if (recorded != modelled) {
            differs(
                    Check.ROUTE,
                    row,
                    () -> routes.of(row).label() + " goes " + (modelled ? "to the cache: " : "past the cache: ") + kind
                            + object(head));
        }
        return recorded == modelled;
    }

    private void checkOutcome(int row, EventKind kind, int head, int detail) {
        final TraceEvent event = recording.event(row);
        final int object = recording.object(row);
        final int expected = object == Recording.NO_OBJECT
                ? Head.NONE
                : recording.head(object, recording.call(recording.callId(row)).kind());
        boolean equal = head == expected;
        if (event == TraceEvent.GET || event == TraceEvent.PUT) {
            equal &= head == Head.NONE || detail == recording.count(row);
            remote.moved(event, expected);
        }
        if (!equal) {
            differs(Check.RULE, row, () -> kind + object(head) + (event.isCacheEvent() ? " count=" + detail : ""));
        }
    }

    /** Compares the spill that came after the last put, if it was one. */
    private void finishSpill(@Nullable HeadCache heads) {
        if (!afterPut) {
            return;
        }
        afterPut = false;
        final int bulkFree = script.bulkFree(op - 1);
        if (bulkFree == Script.NO_ROW) {
            if (spilled.size() > 0) {
                final int count = spilled.size();
                differs(Check.RULE, script.row(op - 1), () -> "spills " + count + ", which was not recorded here");
            }
        } else if (!spilled.has(heads(recording.objects(bulkFree)))) {
            final int[] objects = spilled.toArray();
            differs(Check.RULE, bulkFree, () -> "spills" + RowText.list("", indexes(objects)));
        } else if (heads == null || !isKept(heads, recording.kept(bulkFree))) {
            differs(Check.RULE, bulkFree, () -> "keeps " + (heads == null ? "?" : kept(heads)));
        }
        spilled.clear();
    }

    private boolean isKept(HeadCache heads, int[] objects) {
        boolean equal = heads.count() == objects.length;
        for (int slot = 0; equal && slot < objects.length; slot++) {
            equal = heads.head(slot) == recording.head(objects[slot], SlabKind.HEAD);
        }
        return equal;
    }

    private static String kept(HeadCache heads) {
        final int[] objects = new int[heads.count()];
        for (int slot = 0; slot < objects.length; slot++) {
            objects[slot] = Head.index(heads.head(slot));
        }
        return RowText.list("", objects);
    }

    /** Notes that the model refused to go on: what it was to do next does not fit what it did. */
    void refused(String why) {
        differs(Check.RULE, op < script.size() ? script.row(op) : recording.size(), () -> "refuses: " + why);
    }

    Findings findings() {
        return findings;
    }

    RemoteCounts remote() {
        return remote;
    }

    /** Rows of which the way was compared. */
    int routesCompared() {
        return routesCompared;
    }

    /** Rows of each call of which the function is not in the table. */
    int[] unknownCalls() {
        return unknownCalls;
    }

    /** Operations that were not reached. */
    int notCompared() {
        return script.size() - op;
    }

    private void differs(Check check, int row, Supplier<String> actual) {
        if (findings.isFirst(check)) {
            final String expected = row < recording.size() ? RowText.of(recording, row) : "the end";
            findings.add(new Mismatch(check, row, cpu, expected, actual.get()));
        } else {
            findings.addUntold(check);
        }
    }

    private int[] heads(int[] objects) {
        final int[] heads = new int[objects.length];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = recording.head(objects[i], SlabKind.HEAD);
        }
        return heads;
    }

    private static int[] indexes(int[] heads) {
        final int[] objects = new int[heads.length];
        for (int i = 0; i < heads.length; i++) {
            objects[i] = Head.index(heads[i]);
        }
        return objects;
    }

    private static String object(int head) {
        return head == Head.NONE ? "" : " object=" + Head.index(head);
    }
}
