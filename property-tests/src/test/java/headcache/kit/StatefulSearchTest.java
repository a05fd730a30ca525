package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.control.ControlledSystem;
import headcache.kit.search.StatefulSearch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States of real actors whose numbers are known by combinatorics. */
final class StatefulSearchTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    /** What the actors of the run at hand have taken. */
    private final List<Integer> taken = new ArrayList<>();

    /** {@code k} actors with {@code m} messages each: (m + 1)^k states, and k m (m + 1)^(k - 1) ways between them. */
    @ParameterizedTest
    @CsvSource({"1,9,10,9", "2,4,25,40", "3,3,64,144", "4,2,81,216"})
    void independentActors(int actors, int messages, long states, long ways) {
        final StatefulSearch.Seen seen = search(counters(actors, messages, Integer.MAX_VALUE), NO_LIMIT);

        assertThat(seen.states()).isEqualTo(states);
        assertThat(seen.deliveries()).isEqualTo(ways);
        assertThat(seen.finals()).isEqualTo(Collections.singleton(Collections.nCopies(actors, messages)));
        assertThat(seen.complete()).isTrue();
        assertThat(seen.failure()).isNull();
    }

    /** {@code k} senders to one receiver that knows the order: k!/(k - i)! states after i messages, so k! at the end. */
    @ParameterizedTest
    @CsvSource({"2,5,2", "3,16,6", "4,65,24"})
    void everyOrderIsAState(int senders, long states, int orders) {
        final StatefulSearch.Seen seen = search(
                context -> {
                    taken.clear();
                    final ActorRef<Integer> receiver = context.spawn(noting(), "receiver");
                    for (int i = 0; i < senders; i++) {
                        final int sender = i;
                        context.spawn(Behaviors.<Void>setup(own -> telling(receiver, sender)), "sender-" + i);
                    }
                },
                NO_LIMIT);

        assertThat(seen.states()).isEqualTo(states);
        assertThat(seen.deliveries()).isEqualTo(states - 1);
        assertThat(seen.finals()).hasSize(orders);
        assertThat(seen.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"24,false", "25,true"})
    void aLimitIsReportedAsSuch(long limit, boolean complete) {
        final StatefulSearch.Seen seen = search(counters(2, 4, Integer.MAX_VALUE), limit);

        assertThat(seen.states()).isEqualTo(25);
        assertThat(seen.complete()).isEqualTo(complete);
    }

    @Test
    void theFirstFailureEndsIt() {
        final StatefulSearch.Seen seen = search(counters(2, 4, 3), NO_LIMIT);

        assertThat(seen.failure()).hasMessage("one too many: limit=3");
        assertThat(seen.complete()).isFalse();
    }

    private StatefulSearch.Seen search(Consumer<ActorContext<Void>> scenario, long limit) {
        try (ControlledSystem world =
                new ControlledSystem(Semantics.PER_PAIR_FIFO, scenario, () -> List.copyOf(taken))) {
            return StatefulSearch.of(world, world::state, limit);
        }
    }

    /** Actors that count the messages that are there at first, and fail on more than {@code most}. */
    private Consumer<ActorContext<Void>> counters(int actors, int messages, int most) {
        return context -> {
            taken.clear();
            for (int actor = 0; actor < actors; actor++) {
                taken.add(0);
                final ActorRef<Integer> ref = context.spawn(counting(most), "counter-" + actor);
                Collections.nCopies(messages, actor).forEach(ref::tell);
            }
        };
    }

    private Behavior<Integer> counting(int most) {
        return Behaviors.receiveMessage(which -> {
            if (taken.get(which) == most) {
                throw new IllegalStateException("one too many: limit=" + most);
            }
            taken.set(which, taken.get(which) + 1);
            return Behaviors.same();
        });
    }

    private Behavior<Integer> noting() {
        return Behaviors.receiveMessage(sender -> {
            taken.add(sender);
            return Behaviors.same();
        });
    }

    private static Behavior<Void> telling(ActorRef<Integer> receiver, int sender) {
        receiver.tell(sender);
        return Behaviors.empty();
    }
}
