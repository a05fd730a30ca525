package headcache.step;

import headcache.protocol.Head;
import headcache.protocol.Member;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many heads there are of each home node and kind, and a sum that tells which.
 *
 * <p>A pair of twins counts as two heads, so each twin that travels by itself as one. The sum adds up a number of 64
 * well mixed bits for each head: if one head is lost and another is there twice, the counts agree and the sums do not,
 * but for a chance of one in 2<sup>64</sup>.
 *
 * <p>It grows while heads are added; once it is in a message it is handed over.
 */
public final class HeadSums implements HeadTaker {
    private static final int KINDS = SlabKind.values().length;

    /** By home node and kind. */
    private int[] counts = {};

    private long[] sums = {};

    /** Adds a plain head, or both twins of a pair. */
    @Override
    public void add(int head) {
        add(head, Head.isFclone(head) ? 2 : 1);
    }

    /** Adds one twin of {@code pair}. */
    @Override
    public void addTwin(int pair) {
        add(pair, 1);
    }

    /** Adds all of {@code heads}, each a plain head or a pair. */
    public void add(int[] heads) {
        for (final int head : heads) {
            add(head);
        }
    }

    /** Adds the head of {@code skb}, and those of the skbs on its frag_list; nothing if there is no skb. */
    @Override
    public void add(@Nullable Skb skb) {
        if (skb == null) {
            return;
        }
        if (skb.paired()) {
            addTwin(skb.head());
        } else {
            add(skb.head());
        }
        for (Member member = skb.members(); member != null; member = member.next()) {
            add(member.skb());
        }
    }

    /** Adds the heads of {@code skbs} from place {@code from}; places may be empty. */
    public void add(@Nullable Skb[] skbs, int from) {
        for (int i = from; i < skbs.length; i++) {
            add(skbs[i]);
        }
    }

    /** Adds what {@code other} counted. */
    public void add(HeadSums other) {
        grow(other.counts.length);
        for (int i = 0; i < other.counts.length; i++) {
            counts[i] += other.counts[i];
            sums[i] += other.sums[i];
        }
    }

    private void add(int head, int heads) {
        final int place = place(Head.node(head), Head.isFclone(head) ? SlabKind.FCLONE : SlabKind.HEAD);
        grow(place + 1);
        counts[place] += heads;
        sums[place] += heads * mixed(head);
    }

    private void grow(int places) {
        if (counts.length < places) {
            counts = Arrays.copyOf(counts, places);
            sums = Arrays.copyOf(sums, places);
        }
    }

    private static int place(int node, SlabKind kind) {
        return KINDS * node + kind.ordinal();
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(int head) {
        long mixed = (head + 1) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** Nodes from 0 of which heads may have been counted. */
    public int nodes() {
        return (counts.length + KINDS - 1) / KINDS;
    }

    /** How many heads of {@code kind} whose home is {@code node}. */
    public int count(int node, SlabKind kind) {
        final int place = place(node, kind);
        return place < counts.length ? counts[place] : 0;
    }

    /** The sum that tells which they are. */
    public long sum(int node, SlabKind kind) {
        final int place = place(node, kind);
        return place < sums.length ? sums[place] : 0;
    }

    /** How many heads there are in all. */
    public int count() {
        return Arrays.stream(counts).sum();
    }

    /** An independent copy. */
    public HeadSums copy() {
        final HeadSums copy = new HeadSums();
        copy.add(this);
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof HeadSums sum)) {
            return false;
        }
        final int places = Math.max(counts.length, sum.counts.length);
        return Arrays.equals(Arrays.copyOf(counts, places), Arrays.copyOf(sum.counts, places))
                && Arrays.equals(Arrays.copyOf(sums, places), Arrays.copyOf(sum.sums, places));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(Arrays.stream(sums).sum());
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] != 0 || sums[place] != 0) {
                text.append(text.isEmpty() ? "" : ", ").append(counts[place]);
                text.append(place % KINDS == 0 ? " of node-" : " twins of node-")
                        .append(place / KINDS);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }
}
