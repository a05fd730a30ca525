package headcache.cpu;

import headcache.protocol.HeldUnit;
import headcache.protocol.NapiId;
import headcache.protocol.Skb;
import headcache.skb.Encoding;
import headcache.step.HeadSums;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A NAPI instance: what one queue's polls leave for the next poll.
 *
 * <p>It belongs to the queue, not to the CPU, and moves with it.
 */
final class NapiInstance {
    private final NapiId id;
    private final List<HeldUnit> held;
    private @Nullable Skb fragsSkb;

    NapiInstance(NapiId id) {
        this(id, new ArrayList<>(), null);
    }

    private NapiInstance(NapiId id, List<HeldUnit> held, @Nullable Skb fragsSkb) {
        this.id = id;
        this.held = held;
        this.fragsSkb = fragsSkb;
    }

    NapiId id() {
        return id;
    }

    /** {@code napi->skb}, the emptied skb that the frags path uses next. */
    @Nullable
    Skb fragsSkb() {
        return fragsSkb;
    }

    void setFragsSkb(@Nullable Skb skb) {
        fragsSkb = skb;
    }

    /** The held GRO units, oldest first. */
    List<HeldUnit> held() {
        return held;
    }

    /** Index of the unit that takes up {@code flow}, or -1. */
    int find(int flow) {
        for (int i = 0; i < held.size(); i++) {
            if (held.get(i).flow() == flow) {
                return i;
            }
        }
        return -1;
    }

    void grow(int index, Skb aggregate) {
        final HeldUnit unit = held.get(index);
        held.set(index, new HeldUnit(unit.flow(), aggregate, unit.to(), unit.queue()));
    }

    void count(HeadSums inUse) {
        inUse.add(fragsSkb);
        for (final HeldUnit unit : held) {
            inUse.add(unit.skb());
        }
    }

    NapiInstance copy() {
        return new NapiInstance(id, new ArrayList<>(held), fragsSkb);
    }

    void encode(StateBytes bytes) {
        bytes.put(id.index());
        Encoding.put(bytes, fragsSkb);
        bytes.put(held.size());
        for (final HeldUnit unit : held) {
            Encoding.put(bytes, unit);
        }
    }
}
