package headcache.workload;

import headcache.protocol.Op;
import headcache.skb.Encoding;
import headcache.step.StateBytes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Operations of one queue that are sent together, from the time they are planned until they are done.
 *
 * <p>A batch that works on an skb which another batch has to give back first is that one's heir, and
 * stands on a higher level. So batches never wait for one another in a circle.
 */
final class PlannedBatch {
    private static final PlannedBatch[] NOBODY = {};

    final WorkQueue queue;
    private final Op[] ops;
    private int[] numbers;
    private long level;
    private int size;
    private int slots;
    private int packets;

    /** Of an operation that begins many skbs at once, those after the first. */
    private int more;

    private int waitsFor;
    private boolean done;
    private PlannedBatch[] heirs = NOBODY;
    private int heirCount;

    PlannedBatch(WorkQueue queue, int limit, long level) {
        this.queue = queue;
        this.ops = new Op[limit];
        this.numbers = new int[limit + 1];
        this.level = level;
    }

    /** A copy whose heirs are still those of the original, see {@link #replaceHeirs}. */
    PlannedBatch(PlannedBatch other, WorkQueue queue) {
        this.queue = queue;
        ops = other.ops.clone();
        numbers = other.numbers.clone();
        level = other.level;
        size = other.size;
        slots = other.slots;
        packets = other.packets;
        more = other.more;
        waitsFor = other.waitsFor;
        done = other.done;
        heirs = Arrays.copyOf(other.heirs, other.heirCount);
        heirCount = other.heirCount;
    }

    /** Whether one more operation, on {@code skbs} skbs at the most, finds no room; an empty batch has room for any. */
    boolean isFull(int skbs) {
        return size == ops.length || slots + skbs > ops.length + 1;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Operations as the workload counts them: one that begins many skbs at once is as many. */
    int operations() {
        return size + more;
    }

    int slots() {
        return slots;
    }

    int packets() {
        return packets;
    }

    long level() {
        return level;
    }

    /** Lifts the batch while it has no operation, so that nobody can be its heir. */
    void lift(long higher) {
        level = higher;
    }

    void add(Op op, boolean allocates) {
        ops[size++] = op;
        if (allocates) {
            packets++;
        }
    }

    void addBulk(Op.BuildBulk op) {
        ops[size++] = op;
        packets += op.slots().size();
        more += op.slots().size() - 1;
    }

    /** Gives skb {@code number} the next slot. */
    int addSlot(int number) {
        if (slots == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * slots);
        }
        numbers[slots] = number;
        return slots++;
    }

    int number(int slot) {
        return numbers[slot];
    }

    /** Adds the numbers of its skbs. */
    void addNumbers(BitSet skbs) {
        for (int slot = 0; slot < slots; slot++) {
            skbs.set(numbers[slot]);
        }
    }

    Op[] ops() {
        return Arrays.copyOf(ops, size);
    }

    /** Makes {@code heir} wait for this batch; once is enough. */
    void addHeir(PlannedBatch heir) {
        if (heirCount > 0 && heirs[heirCount - 1] == heir) {
            return;
        }
        if (heirCount == heirs.length) {
            heirs = Arrays.copyOf(heirs, heirCount * 2 + 2);
        }
        heirs[heirCount++] = heir;
        heir.waitsFor++;
    }

    boolean isWaiting() {
        return waitsFor > 0;
    }

    boolean isDone() {
        return done;
    }

    /** Marks the batch as done; its heirs wait for one batch less. */
    void finish() {
        done = true;
        for (int i = 0; i < heirCount; i++) {
            heirs[i].waitsFor--;
        }
    }

    int heirCount() {
        return heirCount;
    }

    PlannedBatch heir(int i) {
        return heirs[i];
    }

    /** Makes the heirs of a copied batch copies, too. */
    void replaceHeirs(UnaryOperator<PlannedBatch> copies) {
        for (int i = 0; i < heirCount; i++) {
            heirs[i] = copies.apply(heirs[i]);
        }
    }

    /** Writes what is planned; {@code names} gives batches numbers. */
    void encode(StateBytes bytes, ToIntFunction<PlannedBatch> names) {
        bytes.put(level);
        bytes.put(numbers, slots);
        bytes.put(size);
        for (int i = 0; i < size; i++) {
            Encoding.put(bytes, ops[i]);
        }
        bytes.put(heirCount);
        for (int i = 0; i < heirCount; i++) {
            bytes.put(names.applyAsInt(heirs[i]));
        }
    }
}
