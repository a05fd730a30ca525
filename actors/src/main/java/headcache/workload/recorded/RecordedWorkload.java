package headcache.workload.recorded;

import headcache.machine.Topology;
import headcache.workload.BadInputException;
import headcache.workload.OpBuffer;
import headcache.workload.OpKinds;
import headcache.workload.OpStream;
import headcache.workload.Workload;
import headcache.workload.trace.Recording;
import java.util.List;

/**
 * What a recorded kernel did with skbs, without what its caches made of it.
 *
 * <p>Each get and single allocation is an allocation, each put and single free a free, by the way that the
 * route table gives for the function that was called; the end of a poll is the end of a poll. An skb is what
 * an object was between its allocation and its free. Whatever began before the recording or ended after it is
 * made whole, see {@link #notes()}.
 */
public final class RecordedWorkload implements Workload {
    private final Recording recording;
    private final Topology topology;
    private final OpBuffer ops;
    private final OpKinds kinds;
    private final int packets;
    private final List<String> notes;

    private RecordedWorkload(Recording recording, RecordedOps made) {
        this.recording = recording;
        this.topology = Topology.even(recording.cpus(), recording.nodes());
        this.ops = made.ops();
        this.kinds = made.kinds();
        this.packets = made.packets();
        this.notes = made.notes();
    }

    /**
     * Makes a workload of {@code recording}; it takes about 16 bytes for each row.
     *
     * @throws BadInputException if the recording is empty or contradicts itself
     */
    public static RecordedWorkload of(Recording recording) {
        if (recording.size() == 0) {
            throw new BadInputException(recording.file(), 1, "the recording has no events");
        }
        final RecordedOps made = new RecordedOps(recording);
        made.make();
        return new RecordedWorkload(recording, made);
    }

    @Override
    public String name() {
        return recording.name();
    }

    @Override
    public String summary() {
        return "what a recorded kernel did with skbs: " + packets + " of them on " + recording.cpus() + " CPUs";
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public OpKinds kinds() {
        return kinds;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public OpStream open() {
        return new Replay(ops, 0);
    }

    private static final class Replay implements OpStream {
        private static final int AT_ONCE = 1024;

        private final OpBuffer ops;
        private int next;

        Replay(OpBuffer ops, int next) {
            this.ops = ops;
            this.next = next;
        }

        @Override
        public boolean read(OpBuffer into) {
            final int end = Math.min(ops.size(), next + AT_ONCE);
            if (next == end) {
                return false;
            }
            while (next < end) {
                into.add(ops.kind(next), ops.queue(next), ops.skb(next), ops.other(next));
                next++;
            }
            return true;
        }

        @Override
        public OpStream copy() {
            return new Replay(ops, next);
        }
    }
}
