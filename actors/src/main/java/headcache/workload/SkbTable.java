package headcache.workload;

import headcache.protocol.Skb;
import headcache.skb.Encoding;
import headcache.step.HeadSums;
import headcache.step.StateBytes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each skb of a workload: the skb itself while it is with the driver, and the batch that
 * was planned last to work on it.
 */
final class SkbTable {
    private static final int AT_FIRST = 1024;

    private @Nullable Skb[] skbs = new Skb[AT_FIRST];
    private @Nullable PlannedBatch[] lastUser = new PlannedBatch[AT_FIRST];
    private int[] slot = new int[AT_FIRST];

    /** The level on which a batch of {@code queue} must stand at least to work on {@code skb}. */
    long levelFor(int skb, WorkQueue queue) {
        if (skb >= lastUser.length) {
            grow(skb);
        }
        final PlannedBatch last = lastUser[skb];
        return last == null || last.queue == queue || last.isDone() ? 0 : last.level() + 1;
    }

    /** The slot of {@code skb} in {@code batch}; a new one if this is the batch's first operation on it. */
    int slotIn(PlannedBatch batch, int skb) {
        final PlannedBatch last = lastUser[skb];
        if (last == batch) {
            return slot[skb];
        }
        if (last != null && !last.isDone()) {
            last.addHeir(batch);
        }
        lastUser[skb] = batch;
        final int taken = batch.addSlot(skb);
        slot[skb] = taken;
        return taken;
    }

    /** The skbs that {@code batch} works on, by slot. */
    @Nullable
    Skb[] take(PlannedBatch batch) {
        final Skb[] taken = new Skb[batch.slots()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = skbs[batch.number(i)];
        }
        return taken;
    }

    /** Keeps what {@code batch} gave back. */
    void keep(PlannedBatch batch, @Nullable Skb[] given) {
        for (int i = 0; i < given.length; i++) {
            skbs[batch.number(i)] = given[i];
        }
    }

    /** Adds the heads of the skbs that are here; what is known of those in {@code away} is out of date. */
    void count(BitSet away, HeadSums inUse) {
        for (int skb = away.nextClearBit(0); skb < skbs.length; skb = away.nextClearBit(skb + 1)) {
            inUse.add(skbs[skb]);
        }
    }

    private void grow(int skb) {
        final int length = Math.max(skb + 1, lastUser.length * 2);
        skbs = Arrays.copyOf(skbs, length);
        lastUser = Arrays.copyOf(lastUser, length);
        slot = Arrays.copyOf(slot, length);
    }

    SkbTable copy(UnaryOperator<@Nullable PlannedBatch> copies) {
        final SkbTable copy = new SkbTable();
        copy.skbs = skbs.clone();
        copy.slot = slot.clone();
        copy.lastUser = new PlannedBatch[lastUser.length];
        for (int i = 0; i < lastUser.length; i++) {
            copy.lastUser[i] = copies.apply(lastUser[i]);
        }
        return copy;
    }

    /** Writes the skbs that nobody works on; the others are with their batches. */
    void encode(StateBytes bytes) {
        for (int i = 0; i < skbs.length; i++) {
            final PlannedBatch last = lastUser[i];
            final Skb skb = skbs[i];
            if (skb != null) {
                bytes.put(i + 1);
                Encoding.put(bytes, skb);
                bytes.put(last == null || last.isDone());
            }
        }
        bytes.put(0);
    }
}
