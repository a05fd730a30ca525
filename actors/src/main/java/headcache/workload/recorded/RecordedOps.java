package headcache.workload.recorded;

import headcache.protocol.AllocFlag;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.workload.BadInputException;
import headcache.workload.Context;
import headcache.workload.OpBuffer;
import headcache.workload.OpKinds;
import headcache.workload.trace.Call;
import headcache.workload.trace.Recording;
import headcache.workload.trace.Route;
import headcache.workload.trace.RouteTable;
import headcache.workload.trace.TraceContext;
import headcache.workload.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Makes operations of a recording's rows. */
final class RecordedOps {
    private static final int FREE = -1;

    private final Recording recording;
    private final OpKinds kinds = new OpKinds();
    private final OpBuffer ops = new OpBuffer();
    private final int pollEnd = kinds.of(new Op.PollEnd());

    /** Of each call: the kind of its operations, whether it runs in a task, whether the route table has it. */
    private final int[] kindOf;

    private final boolean[] inTask;
    private final boolean[] known;

    /** Of each object: the number of the skb it is, or {@link #FREE}; and the row of its last event, and its slab. */
    private final int[] skbOf;

    private final int[] lastRow;
    private final SlabKind[] slab;

    private final GroUnits gro;
    private int packets;
    private int older;
    private int younger;
    private int failedGets;
    private int handBacks;
    private int unknownCalls;

    RecordedOps(Recording recording) {
        this.recording = recording;
        this.kindOf = new int[recording.callCount()];
        this.inTask = new boolean[recording.callCount()];
        this.known = new boolean[recording.callCount()];
        this.skbOf = new int[recording.objectLimit()];
        this.lastRow = new int[recording.objectLimit()];
        this.gro = new GroUnits(recording.cpus());
        this.slab = new SlabKind[recording.objectLimit()];
        Arrays.fill(skbOf, FREE);
        Arrays.fill(lastRow, -1);
    }

    void make() {
        for (int id = 0; id < recording.callCount(); id++) {
            route(id, recording.call(id));
        }
        allocateOlder();
        for (int row = 0; row < recording.size(); row++) {
            switch (recording.event(row)) {
                case GET, SLAB_ALLOC -> allocate(row);
                case PUT, SLAB_FREE -> free(row);
                case POLL -> endPoll(recording.cpu(row));
                case BULK_ALLOC, BULK_FREE -> {
                    // what the recorded kernel's cache made of it; the machine decides for itself
                }
            }
        }
        freeYounger();
    }

    private void route(int id, Call call) {
        if (call.event() == TraceEvent.POLL || isBulk(call.event())) {
            return;
        }
        final Route route = RouteTable.find(call).orElseGet(() -> RouteTable.fallback(call));
        known[id] = RouteTable.find(call).isPresent();
        inTask[id] = call.context() == TraceContext.TASK && !route.isSoftirqOnly();
        if (route instanceof Route.In in) {
            kindOf[id] = kinds.of(new Op.Allocate(in.way(), 0, in.flags(), in.node(), false));
        } else if (route instanceof Route.Out out) {
            kindOf[id] = kinds.out(out.way());
        }
    }

    private static boolean isBulk(TraceEvent event) {
        return event == TraceEvent.BULK_ALLOC || event == TraceEvent.BULK_FREE;
    }

    /** Skbs of which a free is heard first: allocated past the cache, by a task of the CPU that frees them. */
    private void allocateOlder() {
        final BitSet seen = new BitSet(skbOf.length);
        for (int row = 0; row < recording.size(); row++) {
            final TraceEvent event = recording.event(row);
            if (event == TraceEvent.POLL || isBulk(event) || recording.object(row) == Recording.NO_OBJECT) {
                continue;
            }
            final int object = recording.object(row);
            if (!seen.get(object) && (event == TraceEvent.PUT || event == TraceEvent.SLAB_FREE)) {
                slab[object] = slab(row);
                begin(object, alloc(slab[object]), Context.TASK.queue(recording.cpu(row)));
                older++;
            }
            seen.set(object);
        }
    }

    private int alloc(SlabKind slab) {
        final int flags = slab == SlabKind.FCLONE ? AllocFlag.FCLONE.bit() : 0;
        return kinds.of(new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 0, flags, Op.ANY_NODE, false));
    }

    private void begin(int object, int kind, int queue) {
        skbOf[object] = packets++;
        ops.add(kind, queue, skbOf[object]);
    }

    private void allocate(int row) {
        final int object = recording.object(row);
        if (object == Recording.NO_OBJECT) {
            failedGets++;
            return;
        }
        if (skbOf[object] != FREE) {
            throw contradiction(row, "allocated while in use");
        }
        begin(object, count(row), queue(row));
        lastRow[object] = row;
        slab[object] = slab(row);
        if (recording.event(row) == TraceEvent.GET) {
            gro.got(recording.cpu(row), skbOf[object]);
        }
    }

    private void free(int row) {
        final int object = recording.object(row);
        final int skb = skbOf[object];
        if (skb == FREE) {
            throw contradiction(row, "freed while not in use");
        }
        if (slab[object] != slab(row)) {
            throw contradiction(row, "freed to another slab than it came from");
        }
        final int kind = count(row);
        final WayOut way = ((Op.Release) kinds.get(kind)).way();
        if (way == WayOut.GRO_STOLEN_HEAD) {
            ops.add(kind, queue(row), skb, gro.into(recording.cpu(row), skb));
        } else {
            ops.add(kind, queue(row), skb);
        }
        gro.ended(skb);
        skbOf[object] = FREE;
        lastRow[object] = row;
        handBacks += way == WayOut.HAND_BACK ? 1 : 0;
    }

    /** The kind of the operation of {@code row}, counted if the route table does not have it. */
    private int count(int row) {
        final int call = recording.callId(row);
        unknownCalls += known[call] ? 0 : 1;
        return kindOf[call];
    }

    private int queue(int row) {
        return (inTask[recording.callId(row)] ? Context.TASK : Context.SOFTIRQ).queue(recording.cpu(row));
    }

    private SlabKind slab(int row) {
        return recording.call(recording.callId(row)).kind();
    }

    private void endPoll(int cpu) {
        ops.add(pollEnd, Context.SOFTIRQ.queue(cpu), OpBuffer.NONE);
        gro.pollEnded(cpu);
    }

    /** Skbs that are in use when the recording ends: freed by a task of the CPU of their last event. */
    private void freeYounger() {
        final int free = kinds.out(WayOut.KFREE_SKB);
        for (int object = 0; object < skbOf.length; object++) {
            if (skbOf[object] != FREE) {
                ops.add(free, Context.TASK.queue(recording.cpu(lastRow[object])), skbOf[object]);
                younger++;
            }
        }
    }

    private BadInputException contradiction(int row, String what) {
        final int object = recording.object(row);
        return new BadInputException(
                recording.file(),
                recording.line(row),
                "the events contradict each other: " + what,
                "object",
                object,
                "event",
                recording.event(row).label(),
                "cpu",
                recording.cpu(row),
                "lastLine",
                lastRow[object] < 0 ? 0 : recording.line(lastRow[object]));
    }

    OpBuffer ops() {
        return ops;
    }

    OpKinds kinds() {
        return kinds;
    }

    int packets() {
        return packets;
    }

    List<String> notes() {
        final List<String> notes = new ArrayList<>();
        note(notes, handBacks, "frees are sockets' deferred hand-backs, as 5.19 and later kernels have them");
        note(
                notes,
                older,
                "skbs are older than the recording: allocated at the start by a task of the CPU that frees them");
        note(notes, younger, "skbs outlive the recording: freed at the end by a task of the CPU that had them last");
        note(notes, failedGets, "gets failed in the recorded kernel: left out, nothing is known of what they were for");
        note(notes, unknownCalls, "operations are of functions that the route table does not have: the plainest way");
        return List.copyOf(notes);
    }

    private static void note(List<String> notes, int count, String what) {
        if (count > 0) {
            notes.add(count + " " + what);
        }
    }
}
