package headcache.kit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import headcache.kit.Semantics;
import headcache.kit.control.ControlledSystem;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
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

    private Explored explore(int participants, boolean forgetful) {
        try (ControlledSystem world = new ControlledSystem(
                Semantics.PER_PAIR_FIFO,
                context -> start(context, participants, forgetful),
                () -> new TreeMap<>(outcome),
                () -> assertThat(outcome.values())
                        .containsOnly(outcome.firstEntry().getValue()))) {
            return DynamicReduction.full().explore(world, Limits.NONE);
        }
    }

    private void start(ActorContext<Void> context, int participants, boolean forgetful) {
        outcome.clear();
        context.spawn(coordinator(participants, forgetful), "coordinator");
    }

    @ParameterizedTest
    @CsvSource({"2, 6", "3, 24", "4, 120"})
    void allCommitOrAllAbort(int participants, long traces) {
        final Explored explored = explore(participants, false).mustHold();

        assertThat(explored.runs()).isEqualTo(traces);
        assertThat(explored.finals()).hasSize(2);
    }

    @Test
    void aForgottenTimerUndoesACommit() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> explore(2, true).mustHold())
                .withMessageStartingWith("""
                    participant-0 is told to abort what has been decided
                    broken      java.lang.IllegalStateException, at the last of 8 deliveries\
                    """)
                .withMessageContaining("Timer from coordinator timer");
    }
}
