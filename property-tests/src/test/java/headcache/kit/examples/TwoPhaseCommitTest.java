package headcache.kit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import headcache.kit.Semantics;
import headcache.kit.check.Check;
import headcache.kit.control.ControlledSystem;
import headcache.kit.search.Explored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A transaction is committed by all or by none, even if votes are late; unless the coordinator forgets its timer. */
final class TwoPhaseCommitTest {
    private final TreeMap<String, String> outcome = new TreeMap<>();

    /** Says yes, and does what it is told in the end. */
    private Behavior<String> participant(String name, ActorRef<String> coordinator) {
        return Behaviors.receiveMessage(message -> {
            if (message.equals("prepare")) {
                coordinator.tell("yes");
            } else if (outcome.put(name, message) != null) {
                throw new IllegalStateException(name + " is told to " + message + " what has been decided");
            }
            return Behaviors.same();
        });
    }

    private Behavior<String> coordinator(int participants, boolean forgetful) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            final List<ActorRef<String>> all = new ArrayList<>();
            for (int i = 0; i < participants; i++) {
                final String name = "participant-" + i;
                all.add(context.spawn(participant(name, context.getSelf()), name));
            }
            all.forEach(participant -> participant.tell("prepare"));
            timers.startSingleTimer("timeout", "timeout", Duration.ofSeconds(5));
            return voting(all, participants, timers, forgetful);
        }));
    }

    private static Behavior<String> voting(
            List<ActorRef<String>> all, int missing, TimerScheduler<String> timers, boolean forgetful) {
        return Behaviors.receiveMessage(message -> {
            if (message.equals("timeout")) {
                all.forEach(participant -> participant.tell("abort"));
                return Behaviors.ignore();
            }
            if (missing > 1) {
                return voting(all, missing - 1, timers, forgetful);
            }
            all.forEach(participant -> participant.tell("commit"));
            if (!forgetful) {
                timers.cancel("timeout");
            }
            return voting(all, 0, timers, forgetful);
        });
    }

    private ControlledSystem world(int participants, boolean forgetful) {
        return new ControlledSystem(
                Semantics.PER_PAIR_FIFO,
                context -> start(context, participants, forgetful),
                () -> new TreeMap<>(outcome),
                () -> assertThat(outcome.values())
                        .containsOnly(outcome.firstEntry().getValue()));
    }

    private void start(ActorContext<Void> context, int participants, boolean forgetful) {
        outcome.clear();
        context.spawn(coordinator(participants, forgetful), "coordinator");
    }

    @ParameterizedTest
    @CsvSource({"2, 6", "3, 24", "4, 120"})
    void allCommitOrAllAbort(int participants, long traces) {
        try (ControlledSystem world = world(participants, false)) {
            final Explored explored = Check.mustHold(world);

            assertThat(explored.runs()).isEqualTo(traces);
            assertThat(explored.finals()).hasSize(2);
        }
    }

    @Test
    void aForgottenTimerUndoesACommit() {
        try (ControlledSystem world = world(2, true)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> Check.mustHold(world))
                    .withMessage("""
                    participant-0 is told to abort what has been decided
                    broken      java.lang.IllegalStateException, at the last of 7 deliveries, 0 of them context switches; PER_PAIR_FIFO
                    smallest    no context switch or delivery can be taken out: all 7 ways were tried
                    one JVM     survives LOCAL_CAUSAL: this very run is possible inside one JVM
                    replay      Check.replay(world, \"""
                                    coordinator -> coordinator/participant-0
                                    coordinator -> coordinator/participant-1
                                    coordinator/participant-0 -> coordinator
                                    coordinator/participant-1 -> coordinator
                                    coordinator timer -> coordinator
                                    coordinator -> coordinator/participant-0
                                    coordinator -> coordinator/participant-0
                                    \""");

                     #  coordinator/participant-0  coordinator/participant-1  coordinator
                     1  prepare from coordinator
                        to coordinator yes
                     2                             prepare from coordinator
                                                   to coordinator yes
                     3                                                        yes from
                                                                              coordinator/participant-0
                     4                                                        yes from
                                                                              coordinator/participant-1
                                                                              to coordinator/participant-0
                                                                              commit
                                                                              to coordinator/participant-1
                                                                              commit
                     5                                                        Timer from coordinator timer
                                                                              to coordinator/participant-0
                                                                              abort
                                                                              to coordinator/participant-1
                                                                              abort
                     6  commit from coordinator
                     7  abort from coordinator

                    sequenceDiagram
                        participant p0 as coordinator
                        participant p1 as coordinator/participant-0
                        participant p2 as coordinator/participant-1
                        participant p3 as coordinator timer
                        p0->>p1: prepare
                        p0->>p2: prepare
                        p1->>p0: yes
                        p2->>p0: yes
                        p3->>p0: Timer
                        p0->>p1: commit
                        p0->>p1: abort
                        Note over p0,p3: java.lang.IllegalStateException is broken
                    """);
        }
    }
}
