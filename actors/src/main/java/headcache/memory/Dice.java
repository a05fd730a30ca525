package headcache.memory;

import headcache.step.StateBytes;

/**
 * The dice of {@code remote_node_defrag_ratio}: where the kernel takes the cycle counter modulo 1024, this takes
 * the next number of a seeded generator (SplitMix64), so that a run can be repeated.
 */
final class Dice {
    static final int SIDES = 1024;

    private int ratio;
    private long state;

    Dice(int ratio, long seed) {
        this.ratio = ratio;
        this.state = seed;
    }

    /** Whether to look for partial pages on other nodes. A foregone conclusion takes no roll. */
    boolean saysRemote() {
        return isForegone() ? ratio > 0 : roll() <= ratio;
    }

    /** Lets them say yes more or less often from now on, by a ratio as in {@link NodeConfig}. */
    void load(int other) {
        if (other < 0 || other > SIDES) {
            throw new IllegalArgumentException("impossible ratio: ratio=" + other + " must be 0 to " + SIDES);
        }
        ratio = other;
    }

    Dice copy() {
        return new Dice(ratio, state);
    }

    void encode(StateBytes bytes) {
        bytes.put(ratio);
        bytes.put(state);
    }

    private boolean isForegone() {
        return ratio == 0 || ratio >= SIDES - 1;
    }

    private int roll() {
        state += 0x9e3779b97f4a7c15L;
        long mixed = state;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        mixed ^= mixed >>> 31;
        return (int) (mixed & SIDES - 1);
    }
}
