package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.control.ControlledSystem;
import headcache.kit.run.Follower;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.search.RandomWalk;
import headcache.kit.search.Strategy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thing that is handed on by message is touched in order; one that two actors share is not, whatever the run. */
final class TouchTest {
    private static final int THING = 3;

    private final List<Integer> touched = new ArrayList<>();

    static Stream<Strategy> strategies() {
        return Stream.of(DynamicReduction.full(), DynamicReduction.none(), new RandomWalk(1));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void whatIsHandedOnIsTouchedInOrder(Strategy strategy) {
        try (Touching world = new Touching(context -> {
            final ActorRef<String> second = context.spawn(touching(List.of()), "second");
            context.spawn(touching(List.of(second)), "first").tell("go");
        })) {
            final Explored explored = strategy.explore(world, Limits.NONE.withRuns(5));

            assertThat(explored.found()).isNull();
            assertThat(explored.runs()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void whatIsSharedIsFoundInEveryRun(Strategy strategy) {
        try (Touching world = new Touching(context -> {
            context.spawn(touching(List.of()), "second").tell("go");
            context.spawn(touching(List.of()), "first").tell("go");
        })) {
            final Explored explored = strategy.explore(world, Limits.NONE);

            assertThat(explored.complete()).isFalse();
            assertThat(Objects.requireNonNull(explored.found()).cause())
                    .hasMessage("touched in no order: thing=3, deliveries=1 and 2; neither depends on the other, so"
                            + " they can come at once");
            assertThat(new Follower(world).follow(explored.found().names()).cause())
                    .hasMessage(explored.found().cause().getMessage());
        }
    }

    private Behavior<String> touching(List<ActorRef<String>> others) {
        return Behaviors.receive(String.class)
                .onAnyMessage(message -> {
                    touched.add(THING);
                    others.forEach(other -> other.tell("go on"));
                    return Behaviors.same();
                })
                .build();
    }

    /** Actors whose deliveries say what they touch. */
    private final class Touching implements World, AutoCloseable {
        private final ControlledSystem system;

        Touching(Consumer<ActorContext<Void>> scenario) {
            system = new ControlledSystem(Semantics.PER_PAIR_FIFO, scenario, List::of);
        }

        @Override
        public Semantics semantics() {
            return system.semantics();
        }

        @Override
        public void reset() {
            system.reset();
        }

        @Override
        public BitSet enabled() {
            return system.enabled();
        }

        @Override
        public void deliver(int channel) {
            touched.clear();
            system.deliver(channel);
        }

        @Override
        public int[] touched() {
            return touched.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public int[] sent() {
            return system.sent();
        }

        @Override
        public int receiver(int channel) {
            return system.receiver(channel);
        }

        @Override
        public String name(int channel) {
            return system.name(channel);
        }

        @Override
        public @Nullable Throwable failure() {
            return system.failure();
        }

        @Override
        public Object state() {
            return system.state();
        }

        @Override
        public void close() {
            system.close();
        }
    }
}
