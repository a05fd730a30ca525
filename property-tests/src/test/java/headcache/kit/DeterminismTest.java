package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.control.ControlledSystem;
import headcache.kit.run.Difference;
import headcache.kit.search.DelayBound;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.search.PartialOrderSampling;
import headcache.kit.search.RandomWalk;
import headcache.kit.search.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that goes wrong is done twice more; if that gives something else, it is no verdict. */
final class DeterminismTest {
    private final List<String> heard = new ArrayList<>();

    /** What no run begins anew. */
    private int runs;

    static Stream<Strategy> strategies() {
        return Stream.of(
                DynamicReduction.full(),
                DynamicReduction.none(),
                new DelayBound(1),
                new RandomWalk(1),
                new PartialOrderSampling(1));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void whatDependsOnMoreThanTheOrderOfMessagesIsNoVerdict(Strategy strategy) {
        final Explored explored = explore(strategy, true);
        final Found found = Objects.requireNonNull(explored.found());

        assertThat(found.isVerdict()).isFalse();
        assertThat(found.difference())
                .contains(new Difference(
                        1, "what was sent", "[listener: word " + (runs - 1) + "]", "[listener: word " + runs + "]"));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(explored::mustHold)
                .withMessageContaining("\nNO VERDICT  the same deliveries do not give the same run: at delivery 1"
                        + " what was sent differs: [listener: word ");
    }

    @Test
    void whatDependsOnNothingElseIsAVerdict() {
        final Found found =
                Objects.requireNonNull(explore(DynamicReduction.full(), false).found());

        assertThat(found.isVerdict()).isTrue();
        assertThat(found.difference()).isEmpty();
        assertThat(runs).isEqualTo(1 + 1 + 2); // one begins with the system, one is explored, and two are compared
    }

    private Explored explore(Strategy strategy, boolean counts) {
        try (ControlledSystem world = new ControlledSystem(
                Semantics.PER_PAIR_FIFO,
                context -> {
                    runs++;
                    heard.clear();
                    final ActorRef<String> listener = context.spawn(listener(), "listener");
                    context.spawn(speaker(listener, counts), "speaker").tell("speak");
                },
                () -> List.copyOf(heard),
                () -> {
                    throw new Broken("silence", "something was said");
                })) {
            return strategy.explore(world, Limits.NONE);
        }
    }

    private Behavior<String> listener() {
        return Behaviors.receiveMessage(word -> {
            heard.add(word);
            return Behaviors.same();
        });
    }

    private Behavior<String> speaker(ActorRef<String> listener, boolean counts) {
        return Behaviors.receiveMessage(word -> {
            listener.tell(counts ? "word " + runs : "word");
            return Behaviors.same();
        });
    }
}
