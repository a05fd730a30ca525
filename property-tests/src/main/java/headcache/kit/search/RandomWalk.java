package headcache.kit.search;

import headcache.kit.World;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Runs in which each delivery is drawn from those that are possible, all equally likely. Run {@code i} depends on the
 * seed and {@code i} alone.
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
    public Explored explore(World world, Limits limits) {
        final Tally tally = new Tally(world, limits);
        final HappensBefore run = new HappensBefore();
        for (long i = 0; !tally.isOver(); i++) {
            world.reset();
            run.clear(world.sent());
            walk(world, tally, run, new SplittableRandom(seed + i * 0x9E3779B97F4A7C15L));
        }
        return tally.explored(false);
    }

    private static void walk(World world, Tally tally, HappensBefore run, SplittableRandom random) {
        while (!tally.fails(run) && !tally.cuts(run)) {
            final BitSet enabled = world.enabled();
            if (enabled.isEmpty()) {
                tally.ended(run);
                return;
            }
            int channel = enabled.nextSetBit(0);
            for (int skip = random.nextInt(enabled.cardinality()); skip > 0; skip--) {
                channel = enabled.nextSetBit(channel + 1);
            }
            world.deliver(channel);
            run.add(channel, world.receiver(channel), world.sent());
            tally.delivered();
        }
    }
}
