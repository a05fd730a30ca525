package headcache.memory;

import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.slab.NodeSlab;
import headcache.slab.SlabConfig;
import headcache.step.HeadMisuse;
import headcache.step.HeadSums;
import headcache.step.StateBytes;
import java.util.BitSet;

/**
 * The slab of fclone pairs: two twin heads in one object, which is free when both have come back. The kernel counts
 * them in the object ({@code fclone_ref}); twins travel apart, so here they are counted where the object lives.
 */
final class PairSlab {
    private final NodeId node;
    private final NodeSlab slab;

    /** Pairs of which one twin has come back, by index. */
    private final BitSet halves;

    PairSlab(NodeId node, SlabConfig config) {
        this(node, new NodeSlab(node, SlabKind.FCLONE, config), new BitSet());
    }

    private PairSlab(NodeId node, NodeSlab slab, BitSet halves) {
        this.node = node;
        this.slab = slab;
        this.halves = halves;
    }

    NodeSlab slab() {
        return slab;
    }

    /**
     * Takes back {@code pair} as a whole, or one of its twins.
     *
     * @return whether the pair is free now; if not, the other twin is still out
     * @throws HeadMisuse if the pair is not of this slab or not out, or comes as a whole after a twin of it
     */
    boolean free(int pair, boolean half) {
        slab.mustBeOut(pair);
        final int index = Head.index(pair);
        final boolean otherCame = halves.get(index);
        if (half && !otherCame) {
            halves.set(index);
            return false;
        }
        if (otherCame && !half) {
            throw new HeadMisuse(
                    HeadMisuse.Rule.DOUBLE_FREE,
                    pair,
                    node.toString(),
                    "freed as a whole pair, but one twin of it came back before: half=false",
                    "");
        }
        halves.clear(index);
        slab.free(pair);
        return true;
    }

    /** Adds all twins, and those that are here: both of a free pair, or the one that came back first. */
    void count(HeadSums all, HeadSums free) {
        slab.count(all, free);
        halves.stream().forEach(pair -> free.addTwin(Head.fclone(node.index(), pair)));
    }

    PairSlab copy() {
        return new PairSlab(node, slab.copy(), (BitSet) halves.clone());
    }

    void encode(StateBytes bytes) {
        slab.encode(bytes);
        bytes.put(halves.cardinality());
        for (int pair = halves.nextSetBit(0); pair >= 0; pair = halves.nextSetBit(pair + 1)) {
            bytes.put(pair);
        }
    }
}
