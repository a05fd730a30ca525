package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.cache.HeadCache;
import headcache.step.StateBytes;
import java.util.Arrays;

/** A bare stack of v5.12's measures that notices nothing, and makes the mistakes it is made with. */
final class CarelessCache extends HeadCache {
    private static final CachePolicy POLICY = CachePolicy.LINUX_5_12;

    /** What it does wrong. */
    enum Mistake {
        /** A put is lost. */
        LOSES_PUTS,
        /** A spill does not lower the count. */
        KEEPS_WHAT_IT_SPILLS
    }

    private final Mistake mistake;
    private final int[] slots = new int[POLICY.capacity()];
    private int count;

    CarelessCache(Mistake mistake) {
        this.mistake = mistake;
    }

    @Override
    public int capacity() {
        return POLICY.capacity();
    }

    @Override
    public int refillSize() {
        return POLICY.refill();
    }

    @Override
    public int spillSize() {
        return POLICY.spill();
    }

    @Override
    public int spillFloor() {
        return POLICY.spillFloor();
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int head(int slot) {
        return slots[slot];
    }

    @Override
    public boolean isRecycled(int slot) {
        return false;
    }

    @Override
    public boolean isParked(int head) {
        return false;
    }

    @Override
    public int pop() {
        return slots[--count];
    }

    @Override
    public void push(int head) {
        if (mistake != Mistake.LOSES_PUTS) {
            slots[count++] = head;
        }
    }

    @Override
    public void refill(int[] heads, int delivered) {
        System.arraycopy(heads, 0, slots, count, delivered);
        count += delivered;
    }

    @Override
    public void takeSpill(int[] into) {
        System.arraycopy(slots, spillFloor(), into, 0, spillSize());
        if (mistake != Mistake.KEEPS_WHAT_IT_SPILLS) {
            count -= spillSize();
        }
    }

    @Override
    public int[] takeAbove(int kept) {
        final int[] above = Arrays.copyOfRange(slots, Math.min(kept, count), count);
        count = Math.min(kept, count);
        return above;
    }

    @Override
    public void checkInUse(int head, String use) {
        // careless
    }

    @Override
    public String history(int head) {
        return "";
    }

    @Override
    public HeadCache copy() {
        final CarelessCache copy = new CarelessCache(mistake);
        System.arraycopy(slots, 0, copy.slots, 0, count);
        copy.count = count;
        return copy;
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(slots, count);
    }
}
