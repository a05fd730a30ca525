package headcache.workload;

import headcache.protocol.Op;
import headcache.protocol.WayOut;
import java.util.BitSet;

/**
 * Goes through a workload one operation after the other, as if there were one CPU, and finds what is impossible:
 * an allocation under a number that is in use, an operation on a number that is not, an skb that never ends.
 */
public final class OrderCheck {
    private final OpKinds kinds;
    private final BitSet inUse = new BitSet();
    private long begun;
    private long ended;
    private long cloned;
    private long operations;
    private int mostAtOnce;
    private int largestNumber;
    private long digest;

    private OrderCheck(OpKinds kinds) {
        this.kinds = kinds;
    }

    /** Goes through all of {@code workload}. */
    public static OrderCheck of(Workload workload) {
        return of(workload, workload.open());
    }

    /** Goes through the rest of {@code stream}. */
    public static OrderCheck of(Workload workload, OpStream stream) {
        final OrderCheck check = new OrderCheck(workload.kinds());
        final OpBuffer buffer = new OpBuffer();
        while (stream.read(buffer)) {
            check.mostAtOnce = Math.max(check.mostAtOnce, buffer.size());
            for (int i = 0; i < buffer.size(); i++) {
                check.take(buffer, i);
            }
            buffer.clear();
        }
        return check;
    }

    private void take(OpBuffer buffer, int i) {
        final int kind = buffer.kind(i);
        final int skb = buffer.skb(i);
        final int other = buffer.other(i);
        final Op op = kinds.get(kind);
        operations++;
        digest = ((digest * 31 + kind) * 31 + buffer.queue(i)) * 31 + skb;
        largestNumber = Math.max(largestNumber, skb);
        if (op instanceof Op.Allocate || op instanceof Op.BuildBulk) {
            begin(skb);
        } else if (op instanceof Op.Clone) {
            need(skb);
            begin(other);
            cloned++;
        } else if (op instanceof Op.Release release && release.way() != WayOut.GRO_FRAGS_REUSE) {
            need(skb);
            if (other != OpBuffer.NONE) {
                need(other);
            }
            inUse.clear(skb);
            ended++;
        } else if (!(op instanceof Op.PollEnd)) {
            need(skb);
        }
    }

    private void begin(int skb) {
        if (inUse.get(skb)) {
            throw new AssertionError("begins while in use: skb=" + skb + ", operation=" + operations);
        }
        inUse.set(skb);
        begun++;
    }

    private void need(int skb) {
        if (!inUse.get(skb)) {
            throw new AssertionError("not in use: skb=" + skb + ", operation=" + operations);
        }
    }

    /** Skbs that began. */
    public long begun() {
        return begun;
    }

    /** Skbs that ended. */
    public long ended() {
        return ended;
    }

    /** Skbs that began as clones. */
    public long cloned() {
        return cloned;
    }

    /** Operations. */
    public long operations() {
        return operations;
    }

    /** The most operations that the stream gave at once. */
    public int mostAtOnce() {
        return mostAtOnce;
    }

    /** The largest number of an skb. */
    public int largestNumber() {
        return largestNumber;
    }

    /** The same for the same operations. */
    public long digest() {
        return digest;
    }
}
