package headcache.kit.search;

import headcache.kit.World;
import headcache.kit.run.HappensBefore;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Runs that are drawn, one after the other, until a limit is reached. Run {@code i} depends on the seed and {@code i} alone. */
final class RandomRuns {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private RandomRuns() {}

    /** Chooses in one run. */
    interface Chooser {
        /** One of {@code enabled}, which is not empty. */
        int choose(BitSet enabled);

        /** Is told that {@code channel} of {@code enabled} has delivered. */
        default void delivered(World world, int channel, BitSet enabled) {}
    }

    static Explored explore(World world, Limits limits, long seed, Function<SplittableRandom, Chooser> chooser) {
        final Tally tally = new Tally(world, limits, () -> Double.NaN);
        final HappensBefore run = new HappensBefore();
        for (long i = 0; !tally.isOver(); i++) {
            world.reset();
            run.clear(world.sent());
            draw(world, tally, run, chooser.apply(new SplittableRandom(seed + i * GOLDEN)));
        }
        return tally.explored(false);
    }

    private static void draw(World world, Tally tally, HappensBefore run, Chooser chooser) {
        while (!tally.fails(run) && !tally.cuts(run)) {
            final BitSet enabled = world.enabled();
            if (enabled.isEmpty()) {
                tally.ended(run);
                return;
            }
            final int channel = chooser.choose(enabled);
            world.deliver(channel);
            run.add(channel, world.receiver(channel), world.sent());
            tally.delivered(run);
            chooser.delivered(world, channel, enabled);
        }
    }
}
