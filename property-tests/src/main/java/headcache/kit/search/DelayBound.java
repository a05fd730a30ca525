package headcache.kit.search;

import headcache.kit.World;
import headcache.kit.run.HappensBefore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * All runs that a fixed scheduler makes if it is disturbed a few times: it delivers the oldest message first, and a
 * delay makes it pass one over. First come the runs without a delay, then those with one, and so on, so the first run
 * that goes wrong is one with the fewest delays.
 *
 * <p>For a fixed bound the number of runs grows only as a power of their length. Source: Emmi, Qadeer, Rakamaric,
 * <i>Delay-bounded scheduling</i>, POPL 2011.
 */
public final class DelayBound implements Strategy {
    private final int bound;

    /** Allows up to {@code bound} delays, 0 or more. */
    public DelayBound(int bound) {
        if (bound < 0) {
            throw new IllegalArgumentException("a bound must be 0 or more: bound=" + bound);
        }
        this.bound = bound;
    }

    @Override
    public String guarantee() {
        return "every run with at most " + bound + " delays of a scheduler that delivers the oldest message first";
    }

    @Override
    public String source() {
        return "Emmi, Qadeer, Rakamaric, Delay-bounded scheduling, POPL 2011";
    }

    @Override
    public Explored explore(World world, Limits limits) {
        final Tally tally = new Tally(world, limits, () -> Double.NaN);
        for (int delays = 0; delays <= bound; delays++) {
            if (!new Level(world, tally, delays).complete()) {
                break;
            }
        }
        return tally.explored(false); // there may be runs with more delays
    }

    /** The runs with a given number of delays. */
    private static final class Level {
        private final World world;
        private final Tally tally;
        private final int delays;
        private final HappensBefore run = new HappensBefore();

        /** For each delivery, how many messages were passed over for it. */
        private final List<Integer> skips = new ArrayList<>();

        /** For each delivery, how many could have been. */
        private final List<Integer> room = new ArrayList<>();

        Level(World world, Tally tally, int delays) {
            this.world = world;
            this.tally = tally;
            this.delays = delays;
        }

        /** Tries them all; whether nothing kept it from that. */
        boolean complete() {
            do {
                if (tally.isOver()) {
                    return false;
                }
                once();
            } while (next());
            return !tally.isOver();
        }

        private void once() {
            world.reset();
            run.clear(world.sent());
            room.clear();
            int left = delays;
            while (!tally.fails(run) && !tally.cuts(run)) {
                final BitSet enabled = world.enabled();
                if (enabled.isEmpty()) {
                    end(left);
                    return;
                }
                final int at = run.length();
                if (at == skips.size()) {
                    skips.add(0);
                }
                room.add(Math.min(left, enabled.cardinality() - 1));
                left -= skips.get(at);
                deliver(oldestFirst(enabled).get(skips.get(at)));
            }
        }

        /** A run with delays to spare was tried with a lower bound. */
        private void end(int left) {
            if (left == 0) {
                tally.ended(run);
            } else {
                tally.blocked(run);
            }
        }

        private void deliver(int channel) {
            final int receiver = world.receiver(channel);
            world.deliver(channel);
            run.add(channel, receiver, world.sent());
            tally.delivered(run);
        }

        private List<Integer> oldestFirst(BitSet enabled) {
            return enabled.stream()
                    .boxed()
                    .sorted(Comparator.comparingInt(run::senderOfNext).thenComparingInt(channel -> channel))
                    .toList();
        }

        /** Turns to the next choice of places for the delays; whether there is one. */
        private boolean next() {
            while (skips.size() > room.size()) {
                skips.remove(skips.size() - 1);
            }
            while (!skips.isEmpty()) {
                final int last = skips.size() - 1;
                if (skips.get(last) < room.get(last)) {
                    skips.set(last, skips.get(last) + 1);
                    return true;
                }
                skips.remove(last);
            }
            return false;
        }
    }
}
