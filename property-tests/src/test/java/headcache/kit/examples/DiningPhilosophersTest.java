package headcache.kit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.Semantics;
import headcache.kit.control.ControlledSystem;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Philosophers who take two forks each, left one first: they can starve, unless one of them is left-handed. */
final class DiningPhilosophersTest {
    private final List<String> fed = new ArrayList<>();

    /** A fork lies on the table or is in one hand; who asks meanwhile waits. */
    private static final class Fork {
        private final ArrayDeque<ActorRef<String>> waiting = new ArrayDeque<>();

        static Behavior<ActorRef<String>> create() {
            return Behaviors.setup(context -> new Fork().table());
        }

        private Behavior<ActorRef<String>> table() {
            return Behaviors.receiveMessage(philosopher -> {
                philosopher.tell("fork");
                return inHandOf(philosopher);
            });
        }

        private Behavior<ActorRef<String>> inHandOf(ActorRef<String> owner) {
            return Behaviors.receiveMessage(philosopher -> {
                if (!philosopher.equals(owner)) {
                    waiting.add(philosopher);
                    return Behaviors.same();
                }
                final ActorRef<String> next = waiting.poll();
                if (next == null) {
                    return table();
                }
                next.tell("fork");
                return inHandOf(next);
            });
        }
    }

    /** Asks for one fork and then for the other, eats, and puts both back by naming itself again. */
    private Behavior<String> philosopher(ActorRef<ActorRef<String>> first, ActorRef<ActorRef<String>> second) {
        return Behaviors.setup(context -> {
            first.tell(context.getSelf());
            return Behaviors.receiveMessage(one -> {
                second.tell(context.getSelf());
                return Behaviors.receiveMessage(other -> {
                    fed.add(context.getSelf().path().name());
                    first.tell(context.getSelf());
                    second.tell(context.getSelf());
                    return Behaviors.ignore();
                });
            });
        });
    }

    private void table(ActorContext<Void> context, int seats, boolean oneIsLeftHanded) {
        fed.clear();
        final List<ActorRef<ActorRef<String>>> forks = new ArrayList<>();
        for (int i = 0; i < seats; i++) {
            forks.add(context.spawn(Fork.create(), "fork-" + i));
        }
        for (int i = 0; i < seats; i++) {
            final ActorRef<ActorRef<String>> left = forks.get(i);
            final ActorRef<ActorRef<String>> right = forks.get((i + 1) % seats);
            final boolean leftHanded = oneIsLeftHanded && i == 0;
            context.spawn(philosopher(leftHanded ? right : left, leftHanded ? left : right), "philosopher-" + i);
        }
    }

    private Explored explore(int seats, boolean oneIsLeftHanded) {
        try (ControlledSystem world = new ControlledSystem(
                Semantics.PER_PAIR_FIFO,
                context -> table(context, seats, oneIsLeftHanded),
                () -> List.copyOf(fed),
                () -> assertThat(fed).as("who has eaten").hasSize(seats))) {
            return DynamicReduction.full().explore(world, Limits.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 8", "3, 48", "4, 224"})
    void nobodyStarvesIfOneIsLeftHanded(int seats, long traces) {
        assertThat(explore(seats, true).mustHold().runs()).isEqualTo(traces);
    }

    @ParameterizedTest
    @CsvSource({"2", "3"})
    void allCanStarveWithAForkInHand(int seats) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> explore(seats, false).mustHold())
                .withMessageContaining("who has eaten")
                .withMessageContaining("philosopher-0 from philosopher-0");
    }
}
