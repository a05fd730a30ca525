package headcache.demos.lesson;

import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.run.Recording;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.search.Strategy;
import headcache.protocol.Head;
import headcache.protocol.Skb;
import headcache.verify.DriverStep;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneHost;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many runs of a scene, told apart by the heads that its drivers have when all commands are answered.
 *
 * @param explored what the search says of them
 * @param counts how many runs ended in each way; the heads of each driver in the order of its slots, drivers parted by
 *     a bar
 * @param firsts the deliveries of the first run that ended so
 */
record Endings(Explored explored, Map<String, Long> counts, Map<String, List<String>> firsts) {

    /**
     * Tries runs of {@code scene}, {@code most} at most, in an actor system of {@code host}: to start one takes longer than
     * many runs.
     *
     * @throws IllegalStateException if a law of heads is broken in one of them
     */
    static Endings of(
            final SceneHost<Scene> host,
            final Scene scene,
            final Semantics semantics,
            final Strategy strategy,
            final long most) {
        final Noted world = new Noted(host.show(scene, semantics));
        final Explored explored = strategy.explore(world, Limits.NONE.withRuns(most));
        final Found found = explored.found();
        if (found != null) {
            throw new IllegalStateException(found.toString(), found.cause());
        }
        final Map<String, Long> counts = new TreeMap<>();
        explored.finals().forEach((state, runs) -> counts.merge(world.ending(state), runs, Long::sum));
        return new Endings(explored, Map.copyOf(counts), Map.copyOf(world.firsts));
    }

    /** The run of {@code scene} with these {@code deliveries}, done again and written down. */
    static Recording again(
            final SceneHost<Scene> host, final Scene scene, final Semantics semantics, final List<String> deliveries) {
        return Recording.of(host.show(scene, semantics), deliveries);
    }

    /** How many runs ended in the way {@code ending}. */
    long count(final String ending) {
        return counts.getOrDefault(ending, 0L);
    }

    /**
     * The deliveries of the first run that ended in the way {@code ending}.
     *
     * @throws IllegalArgumentException if none did
     */
    List<String> first(final String ending) {
        final List<String> deliveries = firsts.get(ending);
        if (deliveries == null) {
            throw new IllegalArgumentException("no run ended so: ending=" + ending + ", endings=" + firsts.keySet());
        }
        return deliveries;
    }

    /** A world that notes what its drivers have at the end of each run. */
    private static final class Noted implements World {
        private final MachineWorld world;
        private final Map<Object, String> endings = new HashMap<>();
        private final Map<String, List<String>> firsts = new TreeMap<>();
        private final List<Integer> delivered = new ArrayList<>();

        Noted(final MachineWorld world) {
            this.world = world;
        }

        @Override
        public void ended() {
            world.ended();
            final String ending = world.steps().stream()
                    .filter(DriverStep.class::isInstance)
                    .map(step -> heads((DriverStep) step))
                    .collect(Collectors.joining(" | "));
            endings.put(world.state(), ending);
            if (!firsts.containsKey(ending)) {
                firsts.put(ending, delivered.stream().map(world::name).toList());
            }
        }

        /** How the drivers end in the final state {@code state}. Searches may do a run twice, but count it once. */
        String ending(final Object state) {
            return Objects.requireNonNull(endings.get(state), "a final state that no run ended in");
        }

        private static String heads(final DriverStep driver) {
            return driver.skbs().stream().map(Skb::head).map(Head::name).collect(Collectors.joining(" "));
        }

        @Override
        public void reset() {
            delivered.clear();
            world.reset();
        }

        @Override
        public void deliver(final int channel) {
            delivered.add(channel);
            world.deliver(channel);
        }

        @Override
        public Semantics semantics() {
            return world.semantics();
        }

        @Override
        public BitSet enabled() {
            return world.enabled();
        }

        @Override
        public int[] sent() {
            return world.sent();
        }

        @Override
        public int receiver(final int channel) {
            return world.receiver(channel);
        }

        @Override
        public String name(final int channel) {
            return world.name(channel);
        }

        @Override
        public int[] touched() {
            return world.touched();
        }

        @Override
        public Throwable unordered(final int thing, final int first, final int second) {
            return world.unordered(thing, first, second);
        }

        @Override
        public void atRest() {
            world.atRest();
        }

        @Override
        public @Nullable Throwable failure() {
            return world.failure();
        }

        @Override
        public Object state() {
            return world.state();
        }
    }
}
