package headcache.benchmarks.checking;

import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.search.RandomWalk;
import headcache.kit.search.Strategy;
import headcache.kit.state.StateSearch;
import headcache.verify.Command;
import headcache.verify.scene.MachineCast;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.Scene;
import headcache.verify.scene.Scenes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Deliveries to actors under control, and states of the second engine; on one thread unless it says otherwise. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(2)
public class CheckingBenchmark {
    private static final int DELIVERIES = 100_000;
    private static final int OF_ALL_RUNS = 87_776;
    private static final int RANDOM_RUNS = 3_000;
    private static final int OF_RANDOM_RUNS = 86_708;
    private static final int STATES = 449_368;
    private static final int MORE_STATES = 1_079_314;

    /** Actors that do nothing but pass on what they get. */
    @State(Scope.Thread)
    public static class Bare {
        private final Ring ring = new Ring();

        /** Stops them. */
        @TearDown
        public void stop() {
            ring.close();
        }
    }

    /** What it takes to deliver a message, and to choose which. */
    @Benchmark
    @OperationsPerInvocation(DELIVERIES)
    public void delivered(Bare state) {
        state.ring.deliver(DELIVERIES);
    }

    /** A machine of two CPUs that pass heads to each other. */
    @State(Scope.Thread)
    public static class Machine {
        private final MachineWorld world = new MachineWorld(scene("two-each-way"), Semantics.PER_PAIR_FIFO);

        /** Meets every channel, so that a number draws the same one in each run of the benchmark. */
        @Setup
        public void meetAll() {
            explore(DynamicReduction.full(), Limits.NONE, OF_ALL_RUNS);
        }

        /** Stops it. */
        @TearDown
        public void stop() {
            world.close();
        }

        Explored explore(Strategy strategy, Limits limits, long deliveries) {
            final Explored explored = strategy.explore(world, limits);
            if (explored.found() != null || explored.deliveries() != deliveries) {
                throw new IllegalStateException(
                        "another number of deliveries: expected=" + deliveries + ", explored=" + explored);
            }
            return explored;
        }
    }

    private static Scene scene(String name) {
        return Scenes.named(name).orElseThrow();
    }

    /** One run of every class of runs, all laws checked; beginning each run included. */
    @Benchmark
    @OperationsPerInvocation(OF_ALL_RUNS)
    public Explored reduced(Machine state) {
        return state.explore(DynamicReduction.full(), Limits.NONE, OF_ALL_RUNS);
    }

    /** Runs drawn at random, all laws checked; beginning each run included. */
    @Benchmark
    @OperationsPerInvocation(OF_RANDOM_RUNS)
    public Explored random(Machine state) {
        return state.explore(new RandomWalk(1), Limits.NONE.withRuns(RANDOM_RUNS), OF_RANDOM_RUNS);
    }

    /** States of three CPUs that want more heads than there are. */
    @Benchmark
    @OperationsPerInvocation(STATES)
    public StateSearch.Reached states() {
        return search(1, scene("memory-for-two-of-three"), STATES);
    }

    /** The same on two threads. */
    @Benchmark
    @OperationsPerInvocation(STATES)
    public StateSearch.Reached statesOnTwoThreads() {
        return search(2, scene("memory-for-two-of-three"), STATES);
    }

    /** States when one of the three CPUs does twice what it wants to. */
    @Benchmark
    @OperationsPerInvocation(MORE_STATES)
    public StateSearch.Reached moreStates() {
        return search(1, longer(scene("memory-for-two-of-three")), MORE_STATES);
    }

    /** The same on two threads. */
    @Benchmark
    @OperationsPerInvocation(MORE_STATES)
    public StateSearch.Reached moreStatesOnTwoThreads() {
        return search(2, longer(scene("memory-for-two-of-three")), MORE_STATES);
    }

    /** {@code scene} with the script of the first driver twice, one after the other. */
    private static Scene longer(Scene scene) {
        final List<List<Command>> scripts = new ArrayList<>(scene.scripts());
        final List<Command> first = scripts.get(0);
        scripts.set(0, Stream.concat(first.stream(), first.stream()).toList());
        return new Scene(scene.name(), scene.danger(), scene.machine(), scripts);
    }

    private static StateSearch.Reached search(int threads, Scene scene, int states) {
        final StateSearch.Reached reached =
                StateSearch.of(new MachineCast(scene)).withThreads(threads).run();
        if (reached.states() != states) {
            throw new IllegalStateException("another number of states: expected=" + states + ", reached=" + reached);
        }
        return reached;
    }
}
