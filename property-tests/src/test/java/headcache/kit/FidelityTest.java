package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.control.ControlledSystem;
import headcache.kit.control.EscapeException;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.search.Progress;
import headcache.kit.search.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What Akka Typed offers beside telling is under control too: timers, watching, restarts, crashes, adapters. */
final class FidelityTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void aTimerRacesWithMessages() {
        final Explored explored = explore(context -> {
            final ActorRef<String> actor = context.spawn(
                    Behaviors.withTimers(timers -> {
                        timers.startSingleTimer("tick", Duration.ofSeconds(1));
                        return noting();
                    }),
                    "actor");
            actor.tell("one");
            actor.tell("two");
        });

        assertThat(explored.runs()).isEqualTo(3);
        assertThat(explored.finals().keySet())
                .containsExactlyInAnyOrder(
                        List.of("tick", "one", "two"), List.of("one", "tick", "two"), List.of("one", "two", "tick"));
    }

    @Test
    void timersOfOneActorFireInTheOrderInWhichTheyAreDue() {
        final Explored explored = explore(context -> context.spawn(
                Behaviors.<String>withTimers(timers -> {
                    timers.startSingleTimer("late", "late", Duration.ofSeconds(2));
                    timers.startSingleTimer("early", "early", Duration.ofSeconds(1));
                    return noting();
                }),
                "actor"));

        assertThat(explored.finals().keySet()).containsExactly(List.of("early", "late"));
    }

    @Test
    void aTimerThatIsCancelledNeverFiresAfterwards() {
        final Explored explored = explore(context -> {
            final ActorRef<String> actor = context.spawn(
                    Behaviors.<String>withTimers(timers -> {
                        timers.startSingleTimer("key", "tick", Duration.ofSeconds(1));
                        return Behaviors.receive(String.class)
                                .onAnyMessage(message -> {
                                    seen.add(message);
                                    timers.cancel("key");
                                    return Behaviors.same();
                                })
                                .build();
                    }),
                    "actor");
            actor.tell("cancel");
        });

        assertThat(explored.finals().keySet()).containsExactlyInAnyOrder(List.of("cancel"), List.of("tick", "cancel"));
    }

    @Test
    void aTimerThatReturnsIsCutByTheLimit() {
        final Explored explored = explore(
                context -> context.spawn(
                        Behaviors.<String>withTimers(timers -> {
                            timers.startTimerAtFixedRate("tick", Duration.ofSeconds(1));
                            return noting();
                        }),
                        "actor"),
                DynamicReduction.full(),
                new Limits(10, 5, Duration.ofSeconds(10), Progress.NONE));

        assertThat(explored.cut()).isEqualTo(1);
        assertThat(explored.complete()).isFalse();
    }

    @Test
    void theNewsOfADeathRacesWithOtherSenders() {
        final Explored explored = explore(context -> {
            final ActorRef<String> mortal = context.spawn(
                    Behaviors.receive(String.class)
                            .onAnyMessage(message -> Behaviors.stopped())
                            .build(),
                    "mortal");
            final ActorRef<String> watcher = context.spawn(
                    Behaviors.<String>setup(own -> {
                        own.watch(mortal);
                        return Behaviors.receive(String.class)
                                .onAnyMessage(message -> {
                                    seen.add(message);
                                    return Behaviors.same();
                                })
                                .onSignal(Terminated.class, end -> {
                                    seen.add("dead");
                                    return Behaviors.same();
                                })
                                .build();
                    }),
                    "watcher");
            mortal.tell("die");
            watcher.tell("hello");
        });

        assertThat(explored.finals().keySet())
                .containsExactlyInAnyOrder(List.of("hello", "dead"), List.of("dead", "hello"));
    }

    /** The parent's stop and the child's message depend on one another though they have different receivers. */
    @Test
    void anActorThatStopsAnotherIsNotReduced() {
        final Consumer<ActorContext<Void>> family = context -> {
            final ActorRef<String> parent = context.spawn(
                    Behaviors.<String>setup(own -> {
                        final ActorRef<String> child = own.spawn(noting(), "child");
                        child.tell("hello");
                        return Behaviors.receive(String.class)
                                .onAnyMessage(message -> {
                                    own.stop(child);
                                    return Behaviors.same();
                                })
                                .build();
                    }),
                    "parent");
            parent.tell("stop it");
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> explore(family))
                .withMessageContaining("delivered=start -> parent, lost=parent -> parent/child; search without");
        assertThat(explore(family, DynamicReduction.none(), Limits.NONE)
                        .finals()
                        .keySet())
                .containsExactlyInAnyOrder(List.of("hello"), List.of());
    }

    @Test
    void aSupervisedActorRestartsAndGoesOn() {
        final Explored explored = explore(context -> {
            final ActorRef<String> actor = context.spawn(
                    Behaviors.supervise(failingOn("bad")).onFailure(SupervisorStrategy.restart()), "actor");
            actor.tell("bad");
            actor.tell("good");
        });

        assertThat(explored.found()).isNull();
        assertThat(explored.finals().keySet()).containsExactly(List.of("bad", "good"));
    }

    @Test
    void aCrashIsFoundWithItsExceptionAndTheWayToIt() {
        final Explored explored = explore(context -> {
            final ActorRef<String> actor = context.spawn(failingOn("bad"), "actor");
            actor.tell("good");
            actor.tell("bad");
        });

        assertThat(Objects.requireNonNull(explored.found()).cause()).hasMessage("bad came");
        assertThat(explored.found().names()).containsExactly("start -> actor", "start -> actor");
    }

    @Test
    void aCrashOfAChildThatNobodyWatchesIsFoundToo() {
        final Explored explored = explore(context -> {
            final ActorRef<String> parent = context.spawn(
                    Behaviors.<String>setup(own -> {
                        final ActorRef<String> child = own.spawn(failingOn("bad"), "child");
                        return Behaviors.receive(String.class)
                                .onAnyMessage(message -> {
                                    child.tell(message);
                                    return Behaviors.same();
                                })
                                .build();
                    }),
                    "parent");
            parent.tell("bad");
        });

        assertThat(Objects.requireNonNull(explored.found()).cause()).hasMessage("bad came");
        assertThat(explored.found().names()).containsExactly("start -> parent", "parent -> parent/child");
    }

    @Test
    void aMessageOfAForeignThreadIsReported() {
        final Explored explored = explore(context -> {
            final ActorRef<String> other = context.spawn(noting(), "other");
            final ActorRef<String> actor = context.spawn(
                    Behaviors.receive(String.class)
                            .onAnyMessage(message -> {
                                final Thread thread = new Thread(() -> other.tell("from elsewhere"), "elsewhere");
                                thread.start();
                                thread.join();
                                return Behaviors.same();
                            })
                            .build(),
                    "actor");
            actor.tell("go");
        });

        assertThat(Objects.requireNonNull(explored.found()).cause())
                .isInstanceOf(EscapeException.class)
                .hasMessage(
                        "a message was sent by a thread that is not under control: thread=elsewhere, running=actor");
    }

    private Behavior<String> noting() {
        return Behaviors.receive(String.class)
                .onAnyMessage(message -> {
                    seen.add(message);
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<String> failingOn(String bad) {
        return Behaviors.receive(String.class)
                .onAnyMessage(message -> {
                    seen.add(message);
                    if (message.equals(bad)) {
                        throw new IllegalStateException(bad + " came");
                    }
                    return Behaviors.same();
                })
                .build();
    }

    private Explored explore(Consumer<ActorContext<Void>> scenario) {
        return explore(scenario, DynamicReduction.full(), Limits.NONE);
    }

    private Explored explore(Consumer<ActorContext<Void>> scenario, Strategy strategy, Limits limits) {
        try (ControlledSystem world = new ControlledSystem(
                Semantics.PER_PAIR_FIFO,
                context -> {
                    seen.clear();
                    scenario.accept(context);
                },
                () -> List.copyOf(seen))) {
            return strategy.explore(world, limits);
        }
    }
}
