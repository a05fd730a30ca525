package headcache.kit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.Semantics;
import headcache.kit.check.Check;
import headcache.kit.control.ControlledSystem;
import headcache.kit.run.Misfit;
import headcache.kit.run.Trail;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Philosophers who take two forks each, left one first: they can starve, unless one of them is left-handed. */
final class DiningPhilosophersTest {
    private static final String STARVING = """
            philosopher-0 -> fork-0
            philosopher-1 -> fork-1
            fork-0 -> philosopher-0
            fork-1 -> philosopher-1
            philosopher-0 -> fork-1
            philosopher-1 -> fork-0
            """;

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

    private ControlledSystem table(int seats, boolean oneIsLeftHanded) {
        return new ControlledSystem(
                Semantics.PER_PAIR_FIFO,
                context -> table(context, seats, oneIsLeftHanded),
                () -> List.copyOf(fed),
                () -> assertThat(fed).as("who has eaten").hasSize(seats));
    }

    @ParameterizedTest
    @CsvSource({"2, 8", "3, 48", "4, 224"})
    void nobodyStarvesIfOneIsLeftHanded(int seats, long traces) {
        try (ControlledSystem world = table(seats, true)) {
            assertThat(Check.mustHold(world).runs()).isEqualTo(traces);
        }
    }

    @Test
    void allCanStarveWithAForkInHand() {
        try (ControlledSystem world = table(2, false)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> Check.mustHold(world))
                    .withMessage("""
                    [who has eaten]\s
                    Expected size: 2 but was: 0 in:
                    []
                    broken      java.lang.AssertionError, when nothing is left after 6 deliveries, 0 of them context switches; PER_PAIR_FIFO
                    smallest    no context switch or delivery can be taken out: all 6 ways were tried
                    one JVM     survives LOCAL_CAUSAL: this very run is possible inside one JVM
                    replay      Check.replay(world, \"""
                                    philosopher-0 -> fork-0
                                    philosopher-1 -> fork-1
                                    fork-0 -> philosopher-0
                                    fork-1 -> philosopher-1
                                    philosopher-0 -> fork-1
                                    philosopher-1 -> fork-0
                                    \""");

                     #  fork-0                            fork-1                            philosopher-0            philosopher-1
                     1  philosopher-0 from philosopher-0
                        to philosopher-0 fork
                     2                                    philosopher-1 from philosopher-1
                                                          to philosopher-1 fork
                     3                                                                      fork from fork-0
                                                                                            to fork-1 philosopher-0
                     4                                                                                               fork from fork-1
                                                                                                                     to fork-0 philosopher-1
                     5                                    philosopher-0 from philosopher-0
                     6  philosopher-1 from philosopher-1

                    sequenceDiagram
                        participant p0 as philosopher-0
                        participant p1 as fork-0
                        participant p2 as philosopher-1
                        participant p3 as fork-1
                        p0->>p1: philosopher-0
                        p2->>p3: philosopher-1
                        p1->>p0: fork
                        p3->>p2: fork
                        p0->>p3: philosopher-0
                        p2->>p1: philosopher-1
                        Note over p0,p3: java.lang.AssertionError is broken
                    """);
        }
    }

    @Test
    void theyStarveAgainInTheSameRunUnlessOneIsLeftHanded() {
        try (ControlledSystem world = table(2, false)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> Check.replay(world, STARVING))
                    .withMessageContaining("when nothing is left after 6 deliveries");
        }
        try (ControlledSystem world = table(2, true)) {
            final Trail trail = Check.replay(world, STARVING).trail();
            assertThat(trail.misfits())
                    .extracting(Misfit::toString)
                    .containsExactly(
                            "delivery 1, philosopher-0 -> fork-0, is not possible; possible: philosopher-0 -> fork-1,"
                                    + " philosopher-1 -> fork-1",
                            "delivery 3, fork-0 -> philosopher-0, is not possible; possible: fork-1 -> philosopher-1,"
                                    + " philosopher-0 -> fork-1");
            assertThat(trail.atRest()).isTrue();
        }
    }

    @Test
    void whatIsNoDeliveryIsTold() {
        try (ControlledSystem world = table(2, false)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Check.replay(world, "\nfork-0 to fork-1"))
                    .withMessage("not of the form: sender -> receiver; line=2 text=fork-0 to fork-1");
        }
    }
}
