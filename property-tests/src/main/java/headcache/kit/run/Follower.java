package headcache.kit.run;

import headcache.kit.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Does runs of a world by the names of their deliveries. What is not possible is left out, so that a run does what it
 * can of one that was made for another machine, or another version of it.
 */
public final class Follower {
    /** Whoever goes on for longer than this goes on for ever. */
    private static final int LONGEST = 10_000;

    /** No actor, no place, no channel. */
    static final int NOBODY = -1;

    private final World world;
    private final Map<String, Integer> channels = new HashMap<>();

    /** Follows in {@code world}, which it resets for each run. */
    public Follower(World world) {
        this.world = world;
    }

    /** Is shown a run while it is done. */
    interface Watcher {
        /** Nobody is shown anything. */
        Watcher NONE = name -> {};

        /** The run has begun; nothing was delivered so far. */
        default void begun() {}

        /** The channel called {@code name} has delivered. */
        void delivered(String name);
    }

    /** Does what {@code names} ask for, until something goes wrong, and no more. */
    public Trail follow(List<String> names) {
        return follow(names, NOBODY, false, Watcher.NONE);
    }

    /**
     * Does what {@code names} ask for, and goes on until something goes wrong or nothing is left to deliver.
     *
     * @param stayAt the place in {@code names} before which it delivers whatever waits for the actor that got the
     *     message before; -1: none
     */
    public Trail toTheEnd(List<String> names, int stayAt) {
        return follow(names, stayAt, true, Watcher.NONE);
    }

    /** Does a run to the end whose deliveries are drawn from {@code seed}, all that are possible equally likely. */
    public Trail drawn(long seed) {
        final Walk walk = new Walk(Watcher.NONE);
        walk.draw(new SplittableRandom(seed));
        return walk.end();
    }

    Trail follow(List<String> names, int stayAt, boolean goesOn, Watcher watcher) {
        final Walk walk = new Walk(watcher);
        walk.along(names, stayAt);
        if (goesOn) {
            walk.goOn();
        }
        return walk.end();
    }

    /** A run that is being done. */
    private final class Walk {
        private final Watcher watcher;
        private final List<String> done = new ArrayList<>();
        private final List<Integer> switches = new ArrayList<>();
        private final List<Misfit> misfits = new ArrayList<>();
        private final HappensBefore order = new HappensBefore();
        private int former = NOBODY;
        private @Nullable Throwable cause;

        Walk(Watcher watcher) {
            this.watcher = watcher;
            world.reset();
            order.clear(world.sent());
            cause = world.failure();
            watcher.begun();
        }

        void along(List<String> names, int stayAt) {
            for (int i = 0; i < names.size() && isOpen(); i++) {
                if (i == stayAt) {
                    stay();
                }
                final BitSet enabled = world.enabled();
                final int channel = isOpen() ? channel(names.get(i), enabled) : NOBODY;
                if (channel != NOBODY) {
                    deliver(channel, enabled);
                } else if (isOpen()) {
                    misfits.add(new Misfit(i, names.get(i), sorted(enabled)));
                }
            }
        }

        private boolean isOpen() {
            return cause == null && done.size() < LONGEST;
        }

        /** Delivers all that waits for the actor that got the last message. */
        private void stay() {
            BitSet enabled = world.enabled();
            while (isOpen() && waitsFor(former, enabled)) {
                deliver(next(enabled), enabled);
                enabled = world.enabled();
            }
        }

        void draw(SplittableRandom random) {
            BitSet enabled = world.enabled();
            while (isOpen() && !enabled.isEmpty()) {
                deliver(
                        enabled.stream()
                                .skip(random.nextInt(enabled.cardinality()))
                                .findFirst()
                                .orElseThrow(),
                        enabled);
                enabled = world.enabled();
            }
        }

        void goOn() {
            BitSet enabled = world.enabled();
            while (isOpen() && !enabled.isEmpty()) {
                deliver(next(enabled), enabled);
                enabled = world.enabled();
            }
        }

        /** To the same actor as before, if possible; of several, the first by name, so that it is the same in all worlds. */
        private int next(BitSet enabled) {
            final boolean stays = waitsFor(former, enabled);
            int first = NOBODY;
            for (int channel = enabled.nextSetBit(0); channel >= 0; channel = enabled.nextSetBit(channel + 1)) {
                if ((!stays || world.receiver(channel) == former)
                        && (first == NOBODY || world.name(channel).compareTo(world.name(first)) < 0)) {
                    first = channel;
                }
            }
            return first;
        }

        private void deliver(int channel, BitSet enabled) {
            final int receiver = world.receiver(channel);
            if (receiver != former && waitsFor(former, enabled)) {
                switches.add(done.size());
            }
            former = receiver;
            world.deliver(channel);
            order.add(channel, receiver, world.sent());
            final Throwable unordered = order.unordered(world);
            cause = world.failure() == null ? unordered : world.failure();
            final String name = world.name(channel);
            done.add(name);
            watcher.delivered(name);
        }

        private boolean waitsFor(int receiver, BitSet enabled) {
            return enabled.stream().anyMatch(channel -> world.receiver(channel) == receiver);
        }

        Trail end() {
            final boolean atRest = cause == null && world.enabled().isEmpty();
            if (atRest) {
                world.ended();
                cause = world.failure();
            }
            if (atRest && cause == null) {
                world.atRest();
                cause = world.failure();
            }
            return new Trail(List.copyOf(done), List.copyOf(switches), List.copyOf(misfits), atRest, cause);
        }
    }

    private int channel(String name, BitSet enabled) {
        final Integer known = channels.get(name);
        if (known != null) {
            return enabled.get(known) ? known : NOBODY;
        }
        final int channel = enabled.stream()
                .filter(other -> world.name(other).equals(name))
                .findFirst()
                .orElse(NOBODY);
        if (channel != NOBODY) {
            channels.put(name, channel);
        }
        return channel;
    }

    private List<String> sorted(BitSet enabled) {
        return enabled.stream().mapToObj(world::name).sorted().toList();
    }
}
