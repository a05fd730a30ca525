package headcache.verify;

import headcache.cache.HeadCache;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.step.EventKind;
import headcache.step.HeadMisuse;
import java.util.Arrays;
import java.util.Set;

/**
 * A look into a CPU's cache after every step of anybody: it holds what the CPU's events make it (I1, I2, I4, I5), it
 * changes in its CPU's own turns only (I10), and whatever is parked in it is known to be (I16).
 */
final class CacheLook implements Laws {
    private final CpuId cpu;
    private final HeadCache cache;
    private final StackRules events;
    private final Findings findings;

    /** Heads that left in the step that is looked at. */
    private int[] left = new int[8];

    private int leftCount;

    /** The hash of what was tried last; most steps leave the cache as it was. */
    private long triedLast;

    /** Contents of caches that were tried already, by their hash. */
    private final Set<Long> tried;

    CacheLook(CpuId cpu, HeadCache cache, StackRules events, Set<Long> tried, Findings findings) {
        this.cpu = cpu;
        this.cache = cache;
        this.events = events;
        this.tried = tried;
        this.findings = findings;
    }

    @Override
    public void did(EventKind kind, int head, int detail) {
        if (kind == EventKind.GET || kind == EventKind.PEEKED || kind == EventKind.SPILL || kind == EventKind.FLUSH) {
            if (leftCount == left.length) {
                left = Arrays.copyOf(left, leftCount * 2);
            }
            left[leftCount++] = head;
        }
    }

    /** What left in this step may have come back in it, so that this is asked at its end. */
    private void mustBeUnmarked() {
        for (int i = 0; i < leftCount; i++) {
            if (cache.isParked(left[i]) && !isParkedByEvents(left[i])) {
                findings.add(
                        Invariant.I2,
                        left[i],
                        "left the cache of " + cpu + " in this step, but is still marked parked");
            }
        }
        leftCount = 0;
    }

    private boolean isParkedByEvents(int head) {
        for (int slot = 0; slot < events.parked(); slot++) {
            if (events.head(slot) == head) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void ended() {
        mustBeUnmarked();
        final int count = cache.count();
        if (count < 0 || count > cache.capacity() || (count == cache.capacity() && !events.mayBeFull())) {
            findings.add(
                    Invariant.I4,
                    Head.NONE,
                    "the cache of " + cpu + " holds parked=" + count + " after a step, capacity=" + cache.capacity());
        } else if (differs()) {
            sayHow();
        } else {
            tryMisuse(count);
        }
    }

    /** Somebody else has taken a step. */
    void othersTurn(ActorName who) {
        if (differs()) {
            findings.add(
                    Invariant.I10,
                    Head.NONE,
                    "the cache of " + cpu + " changed in a turn of " + who + ": parked=" + cache.count() + ", before="
                            + events.parked());
        }
    }

    private boolean differs() {
        final int count = cache.count();
        if (count != events.parked()) {
            return true;
        }
        for (int slot = 0; slot < count; slot++) {
            if (cache.head(slot) != events.head(slot)) {
                return true;
            }
        }
        return false;
    }

    private void sayHow() {
        for (int slot = 0; slot < events.parked(); slot++) {
            if (slotOf(events.head(slot)) < 0) {
                findings.add(Invariant.I1, events.head(slot), "vanished from the cache of " + cpu + ", slot=" + slot);
                return;
            }
        }
        for (int slot = 0; slot < cache.count(); slot++) {
            if (!isParkedByEvents(cache.head(slot))) {
                findings.add(
                        Invariant.I2,
                        cache.head(slot),
                        "is in the cache of " + cpu + ", slot=" + slot + ", and left it");
                return;
            }
        }
        findings.add(
                Invariant.I5, Head.NONE, "the cache of " + cpu + " holds its heads in another order, or one twice");
    }

    private int slotOf(int head) {
        for (int slot = 0; slot < cache.count(); slot++) {
            if (cache.head(slot) == head) {
                return slot;
            }
        }
        return -1;
    }

    /** Each head that is parked is used, and given up again if there is room for it, on a copy: both must be noticed. */
    private void tryMisuse(int count) {
        long hash = count;
        for (int slot = 0; slot < count; slot++) {
            hash = hash * 0x9E3779B97F4A7C15L + cache.head(slot);
        }
        if (hash == triedLast) {
            return;
        }
        triedLast = hash;
        if (!tried.contains(hash) && isEachNoticed(count)) {
            tried.add(hash);
        }
    }

    private boolean isEachNoticed(int count) {
        boolean noticed = true;
        for (int slot = 0; slot < count; slot++) {
            final int head = cache.head(slot);
            if (!isNoticed(() -> cache.checkInUse(head, "a use that must be noticed"))) {
                findings.add(Invariant.I16, head, "parked in " + cpu + ", and a use of it is not noticed");
                noticed = false;
            } else if (count < cache.capacity() && !isNoticed(() -> cache.copy().push(head))) {
                findings.add(Invariant.I16, head, "parked in " + cpu + ", and a second put of it is not noticed");
                noticed = false;
            }
        }
        return noticed;
    }

    private static boolean isNoticed(Runnable misuse) {
        try {
            misuse.run();
            return false;
        } catch (HeadMisuse noticed) {
            return true;
        }
    }
}
