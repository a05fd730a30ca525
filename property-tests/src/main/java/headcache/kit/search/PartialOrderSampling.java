package headcache.kit.search;

import headcache.kit.World;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Random runs that give orders of dependent deliveries a fairer chance than {@link RandomWalk}: every message that
 * waits at the head of its channel has a random priority, the highest is delivered, and those that raced with it (to
 * the same receiver) draw again.
 *
 * <p>Source: Yuan, Yang, Gu, <i>Partial order aware concurrency sampling</i>, CAV 2018.
 */
public final class PartialOrderSampling implements Strategy {
    private final long seed;

    /** Draws from {@code seed}. */
    public PartialOrderSampling(long seed) {
        this.seed = seed;
    }

    @Override
    public String guarantee() {
        return "nothing for certain; every order of deliveries comes up with a chance that the paper bounds from below";
    }

    @Override
    public String source() {
        return "Yuan, Yang, Gu, Partial order aware concurrency sampling, CAV 2018";
    }

    @Override
    public Explored explore(World world, Limits limits) {
        return RandomRuns.explore(world, limits, seed, Priorities::new);
    }

    /** The priority of the message at the head of each channel, drawn when it is first asked for. */
    private static final class Priorities implements RandomRuns.Chooser {
        private final SplittableRandom random;
        private final BitSet drawn = new BitSet();
        private long[] values = new long[16];

        Priorities(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public int choose(BitSet enabled) {
            int highest = -1;
            for (int channel = enabled.nextSetBit(0); channel >= 0; channel = enabled.nextSetBit(channel + 1)) {
                if (highest < 0 || of(channel) > of(highest)) {
                    highest = channel;
                }
            }
            return highest;
        }

        @Override
        public void delivered(World world, int channel, BitSet enabled) {
            for (int other = enabled.nextSetBit(0); other >= 0; other = enabled.nextSetBit(other + 1)) {
                if (world.receiver(other) == world.receiver(channel)) {
                    drawn.clear(other);
                }
            }
        }

        private long of(int channel) {
            if (channel >= values.length) {
                values = Arrays.copyOf(values, Math.max(2 * values.length, channel + 1));
            }
            if (!drawn.get(channel)) {
                drawn.set(channel);
                values[channel] = random.nextLong();
            }
            return values[channel];
        }
    }
}
