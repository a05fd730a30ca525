package headcache.workload.conform;

import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.workload.trace.Recording;
import headcache.workload.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/** A script as batches. Each operation has a slot of its own; a release finds there the skb it is about. */
final class BatchFeed {
    /** Operations of a batch, at most. */
    static final int LONGEST = 512;

    private final Recording recording;
    private final OpTable table;
    private final Script script;
    private final int cpu;
    private int next;

    BatchFeed(Recording recording, OpTable table, Script script, int cpu) {
        this.recording = recording;
        this.table = table;
        this.script = script;
        this.cpu = cpu;
    }

    /** The next batch, or null at the end. */
    CpuMessage.@Nullable Batch next() {
        final int count = Math.min(LONGEST, script.size() - next);
        if (count == 0) {
            return null;
        }
        final Op[] ops = new Op[count];
        final @Nullable Skb[] slots = new Skb[count];
        for (int slot = 0; slot < count; slot++) {
            final int row = script.row(next + slot);
            final TraceEvent event = recording.event(row);
            ops[slot] = table.of(row, slot);
            if (event == TraceEvent.PUT || event == TraceEvent.SLAB_FREE) {
                slots[slot] = skb(row);
            }
        }
        next += count;
        return new CpuMessage.Batch(ReplayDriver.ID, ops, slots);
    }

    private Skb skb(int row) {
        final int head = recording.head(
                recording.object(row), recording.call(recording.callId(row)).kind());
        return Head.isFclone(head) ? Skb.freshTwin(head, cpu) : Skb.fresh(head, cpu);
    }
}
