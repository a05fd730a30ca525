package headcache.workload;

import headcache.machine.Topology;
import java.util.List;

/**
 * A workload whose operations are all there.
 *
 * @param name its name
 * @param summary what it is like, in a sentence
 * @param topology the machine it is for
 * @param packets how many skbs begin and end in it
 * @param kinds the kinds of its operations
 * @param ops its operations; handed over
 * @param notes what should be known when its figures are read
 */
public record ListedWorkload(
        String name, String summary, Topology topology, long packets, OpKinds kinds, OpBuffer ops, List<String> notes)
        implements Workload {

    /** A workload that is only told of by its operations; handed over. */
    public static ListedWorkload of(Topology topology, OpKinds kinds, OpBuffer ops) {
        long packets = 0;
        for (int i = 0; i < ops.size(); i++) {
            packets += kinds.allocates(ops.kind(i)) ? 1 : 0;
        }
        return new ListedWorkload(
                "listed", ops.size() + " operations, one by one", topology, packets, kinds, ops, List.of());
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
