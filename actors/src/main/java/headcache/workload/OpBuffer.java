package headcache.workload;

import java.util.Arrays;

/**
 * Operations in one order over all CPUs, as numbers.
 *
 * <p>An operation has a kind (see {@link OpKinds}), a queue (see {@link Context#queue}), the number of the
 * skb it is about, and perhaps that of another one. One that begins n skbs at once is n operations of its kind, one right
 * after the other and in the same queue; a stream gives them together.
 */
public final class OpBuffer {
    /** No skb. */
    public static final int NONE = -1;

    private static final int FIELDS = 4;

    private int[] fields = new int[256 * FIELDS];
    private int size;

    /** Appends an operation on {@code skb}. */
    public void add(int kind, int queue, int skb) {
        add(kind, queue, skb, NONE);
    }

    /**
     * Appends an operation on two skbs.
     *
     * @param other the aggregate that takes {@code skb} or its data over, or the number of its clone
     */
    public void add(int kind, int queue, int skb, int other) {
        final int at = size * FIELDS;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, at * 2);
        }
        fields[at] = kind;
        fields[at + 1] = queue;
        fields[at + 2] = skb;
        fields[at + 3] = other;
        size++;
    }

    /** How many operations there are. */
    public int size() {
        return size;
    }

    /** The kind of operation {@code i}. */
    public int kind(int i) {
        return fields[i * FIELDS];
    }

    /** Where operation {@code i} runs. */
    public int queue(int i) {
        return fields[i * FIELDS + 1];
    }

    /** The skb of operation {@code i}, or {@link #NONE} for the end of a poll. */
    public int skb(int i) {
        return fields[i * FIELDS + 2];
    }

    /** The other skb of operation {@code i}, or {@link #NONE}. */
    public int other(int i) {
        return fields[i * FIELDS + 3];
    }

    /** Forgets everything. */
    public void clear() {
        size = 0;
    }

    OpBuffer copy() {
        final OpBuffer copy = new OpBuffer();
        copy.fields = fields.clone();
        copy.size = size;
        return copy;
    }
}
