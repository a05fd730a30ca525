package headcache.verify;

import headcache.protocol.Skb;
import headcache.skb.Encoding;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What a driver sent and has no answer to yet. */
final class Errands {
    private static final int[] NO_SLOTS = {};
    private static final @Nullable Skb[] NO_SKBS = {};

    private final ArrayList<Errand> out = new ArrayList<>();

    enum Kind {
        BATCH,
        POLL,
        SWITCH,
        DRAIN
    }

    /**
     * One of them.
     *
     * @param kind what was sent
     * @param key what its answer is known by: no two batches that are out have equally many slots, no two polls the
     *     same NAPI instance
     * @param slots the driver's slots whose skbs went along
     * @param skbs those skbs, of a poll only
     */
    record Errand(Kind kind, int key, int[] slots, @Nullable Skb[] skbs) {
        /** Which of the driver's slots {@code skb}, which came back from a poll, is of. */
        int slotOf(Skb skb) {
            for (int i = 0; i < skbs.length; i++) {
                final Skb given = skbs[i];
                if (given != null && given.head() == skb.head() && given.twin() == skb.twin()) {
                    return slots[i];
                }
            }
            throw new IllegalStateException("came back from a poll that it did not go to: " + skb);
        }
    }

    void add(Kind kind, int key) {
        add(kind, key, NO_SLOTS, NO_SKBS);
    }

    void add(Kind kind, int key, int[] slots, @Nullable Skb[] skbs) {
        out.add(new Errand(kind, key, slots, skbs));
    }

    Errand answered(Kind kind, int key) {
        for (int i = 0; i < out.size(); i++) {
            if (out.get(i).kind == kind && out.get(i).key == key) {
                return out.remove(i);
            }
        }
        throw new IllegalStateException("answered twice or unasked: kind=" + kind + ", key=" + key);
    }

    /** The lowest key from {@code least} that no errand of {@code kind} has. */
    int freeKey(Kind kind, int least) {
        int key = least;
        while (isOut(kind, key)) {
            key++;
        }
        return key;
    }

    boolean isOut(Kind kind, int key) {
        for (int i = 0; i < out.size(); i++) {
            if (out.get(i).kind == kind && out.get(i).key == key) {
                return true;
            }
        }
        return false;
    }

    boolean isAnyOut(Kind kind) {
        for (int i = 0; i < out.size(); i++) {
            if (out.get(i).kind == kind) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    BitSet slots() {
        final BitSet slots = new BitSet();
        for (int i = 0; i < out.size(); i++) {
            for (final int slot : out.get(i).slots) {
                slots.set(slot);
            }
        }
        return slots;
    }

    Errands copy() {
        final Errands copy = new Errands();
        copy.out.addAll(out);
        return copy;
    }

    void encode(StateBytes bytes) {
        bytes.put(out.size());
        for (final Errand errand : out) {
            bytes.put(errand.kind.ordinal());
            bytes.put(errand.key);
            bytes.put(errand.slots, errand.slots.length);
            for (final Skb skb : errand.skbs) {
                Encoding.put(bytes, skb);
            }
        }
    }
}
