package headcache.workload;

import headcache.machine.Topology;
import headcache.protocol.Op;
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
        return new Replay(kinds, ops, 0);
    }

    private static final class Replay implements OpStream {
        private static final int AT_ONCE = 1024;

        private final OpKinds kinds;
        private final OpBuffer ops;
        private int next;

        Replay(OpKinds kinds, OpBuffer ops, int next) {
            this.kinds = kinds;
            this.ops = ops;
            this.next = next;
        }

        @Override
        public boolean read(OpBuffer into) {
            int end = Math.min(ops.size(), next + AT_ONCE);
            if (next == end) {
                return false;
            }
            while (end < ops.size() && isTogether(end)) {
                end++;
            }
            while (next < end) {
                into.add(ops.kind(next), ops.queue(next), ops.skb(next), ops.other(next));
                next++;
            }
            return true;
        }

        /** Whether operation {@code i} may be of those before it that begin skbs at once. */
        private boolean isTogether(int i) {
            return kinds.get(ops.kind(i)) instanceof Op.BuildBulk && ops.kind(i) == ops.kind(i - 1);
        }

        @Override
        public OpStream copy() {
            return new Replay(kinds, ops, next);
        }
    }
}
