package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.control.ControlledSystem;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.search.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches run as many interleavings as there are by combinatorics. */
final class SearchTest {
    private final List<String> seen = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"2,4,70", "3,3,1680", "3,4,34650"})
    void independentActorsHaveOneTraceAndAllShufflesAsRuns(int actors, int messages, long shuffles) {
        final Consumer<ActorContext<Void>> scenario = context -> {
            for (int actor = 0; actor < actors; actor++) {
                final ActorRef<String> ref = context.spawn(ignoring(), "a" + actor);
                for (int i = 0; i < messages; i++) {
                    ref.tell("m" + i);
                }
            }
        };

        assertThat(explore(scenario, Semantics.PER_PAIR_FIFO, DynamicReduction.none())
                        .runs())
                .isEqualTo(shuffles);
        final Explored reduced = explore(scenario, Semantics.PER_PAIR_FIFO, DynamicReduction.full());
        assertThat(reduced.runs()).isEqualTo(1);
        assertThat(reduced.blocked()).isZero();
        assertThat(reduced.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2,1,2", "3,1,6", "4,1,24", "2,2,6", "3,2,90"})
    void sendersToOneReceiverHaveAsManyTracesAsShuffles(int senders, int messages, long shuffles) {
        final Explored reduced =
                explore(manySenders(senders, messages), Semantics.PER_PAIR_FIFO, DynamicReduction.full());

        assertThat(reduced.runs()).isEqualTo(shuffles);
        assertThat(reduced.finals()).hasSize((int) shuffles);
        assertThat(reduced.finals().values()).containsOnly(1L);
    }

    /** Of the 24 orders of four messages. */
    @ParameterizedTest
    @CsvSource({"6, 0.25", "12, 0.5", "23, 0.958333333333", "24, 1"})
    void whatIsDoneIsEstimatedByTheChoicesThatAreOpen(long runs, double share) {
        final List<Strategy> strategies = List.of(DynamicReduction.full(), new DynamicReduction(true, true));
        for (final Strategy strategy : strategies) {
            final Explored some =
                    explore(manySenders(4, 1), Semantics.PER_PAIR_FIFO, strategy, Limits.NONE.withRuns(runs));

            assertThat(some.share()).isCloseTo(share, within(1e-9));
            assertThat(some.complete()).isEqualTo(runs == 24);
        }
    }

    /** Whoever is told may also stop the search. */
    @Test
    void progressIsToldMeanwhile() {
        final Limits limits = Limits.NONE.withProgress((runs, share) -> {
            assertThat(runs).isBetween(1L, 362_879L);
            assertThat(share).isBetween(0.0, 1.0);
            throw new CancellationException("enough");
        });

        assertThatThrownBy(() -> explore(manySenders(9, 1), Semantics.PER_PAIR_FIFO, DynamicReduction.full(), limits))
                .isInstanceOf(CancellationException.class);
    }

    /** a sends to s and then to t, while b sends to t and then to s: each may get b's message first. */
    @Test
    void choosingOnlyTheMailboxLeavesOutWhatHappensOnTwoThreads() {
        final Consumer<ActorContext<Void>> crossing = context -> {
            final ActorRef<String> s = context.spawn(noting("s"), "s");
            final ActorRef<String> t = context.spawn(noting("t"), "t");
            context.spawn(telling("a", s, t), "a").tell("go");
            context.spawn(telling("b", t, s), "b").tell("go");
        };

        final Explored instant = explore(crossing, Semantics.INSTANT, DynamicReduction.none());
        final Explored causal = explore(crossing, Semantics.LOCAL_CAUSAL, DynamicReduction.none());
        final Explored pairs = explore(crossing, Semantics.PER_PAIR_FIFO, DynamicReduction.none());

        assertThat(instant.finals()).hasSize(2);
        assertThat(causal.finals())
                .hasSize(4)
                .containsKeys(instant.finals().keySet().toArray());
        assertThat(pairs.finals().keySet()).isEqualTo(causal.finals().keySet());
    }

    /** a tells t and then asks b to tell t as well: only without causal order can b's message be there first. */
    @Test
    void overtakingOnAnotherWayNeedsMoreThanOneJvm() {
        final Consumer<ActorContext<Void>> detour = context -> {
            final ActorRef<String> t = context.spawn(noting("t"), "t");
            final ActorRef<String> b = context.spawn(telling("b", t), "b");
            context.spawn(telling("a", t, b), "a").tell("go");
        };

        assertThat(explore(detour, Semantics.INSTANT, DynamicReduction.none()).finals())
                .hasSize(1);
        assertThat(explore(detour, Semantics.LOCAL_CAUSAL, DynamicReduction.none())
                        .finals())
                .hasSize(1);
        assertThat(explore(detour, Semantics.PER_PAIR_FIFO, DynamicReduction.none())
                        .finals())
                .hasSize(2);
    }

    private Consumer<ActorContext<Void>> manySenders(int senders, int messages) {
        return context -> {
            final ActorRef<String> receiver = context.spawn(noting("r"), "r");
            for (int sender = 0; sender < senders; sender++) {
                final String name = "s" + sender;
                context.spawn(
                        Behaviors.<String>setup(own -> {
                            for (int i = 0; i < messages; i++) {
                                receiver.tell(name);
                            }
                            return Behaviors.empty();
                        }),
                        name);
            }
        };
    }

    private Explored explore(Consumer<ActorContext<Void>> scenario, Semantics semantics, Strategy how) {
        return explore(scenario, semantics, how, Limits.NONE);
    }

    private Explored explore(Consumer<ActorContext<Void>> scenario, Semantics semantics, Strategy how, Limits limits) {
        try (ControlledSystem world = new ControlledSystem(
                semantics,
                context -> {
                    seen.clear();
                    scenario.accept(context);
                },
                () -> seen.stream().sorted(SearchTest::byReceiver).toList())) {
            return how.explore(world, limits);
        }
    }

    private static int byReceiver(String one, String other) {
        return Character.compare(one.charAt(0), other.charAt(0));
    }

    private static Behavior<String> ignoring() {
        return Behaviors.receive(String.class)
                .onAnyMessage(message -> Behaviors.same())
                .build();
    }

    private Behavior<String> noting(String name) {
        return Behaviors.receive(String.class)
                .onAnyMessage(message -> {
                    seen.add(name + " from " + message);
                    return Behaviors.same();
                })
                .build();
    }

    @SafeVarargs
    private static Behavior<String> telling(String name, ActorRef<String>... others) {
        return Behaviors.receive(String.class)
                .onAnyMessage(message -> {
                    for (final ActorRef<String> other : others) {
                        other.tell(name);
                    }
                    return Behaviors.same();
                })
                .build();
    }
}
