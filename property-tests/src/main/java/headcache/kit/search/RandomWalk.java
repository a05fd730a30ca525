package headcache.kit.search;

import headcache.kit.World;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Runs in which each delivery is drawn from those that are possible, all equally likely.
 *
 * <p>Studies find it hard to beat for bugs that few switches bring about: Thomson, Donaldson, Betts, <i>Concurrency
 * testing using schedule bounding</i>, PPoPP 2014.
 */
public final class RandomWalk implements Strategy {
    private final long seed;

    /** Draws from {@code seed}. */
    public RandomWalk(long seed) {
        this.seed = seed;
    }

    @Override
    public String guarantee() {
        return "nothing for certain; a run of n deliveries with at most k to choose from comes up with at least 1/k^n";
    }

    @Override
    public String source() {
        return "Thomson, Donaldson, Betts, Concurrency testing using schedule bounding, PPoPP 2014";
    }

    @Override
    public Explored explore(World world, Limits limits) {
        return RandomRuns.explore(world, limits, seed, random -> enabled -> any(enabled, random));
    }

    private static int any(BitSet enabled, SplittableRandom random) {
        int channel = enabled.nextSetBit(0);
        for (int skip = random.nextInt(enabled.cardinality()); skip > 0; skip--) {
            channel = enabled.nextSetBit(channel + 1);
        }
        return channel;
    }
}
