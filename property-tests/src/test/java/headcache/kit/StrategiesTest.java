package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.control.ControlledSystem;
import headcache.kit.search.DelayBound;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.search.PartialOrderSampling;
import headcache.kit.search.RandomWalk;
import headcache.kit.search.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strategies that do not try everything keep to what they say. */
final class StrategiesTest {
    private final List<String> seen = new ArrayList<>();

    /** Four senders, one message each: a run with d delays is a permutation that passes d messages over. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 4", "2, 9", "3, 15", "4, 20", "5, 23", "6, 24"})
    void delaysAddUpToAllOrders(int bound, int orders) {
        final Explored explored = explore(new DelayBound(bound), Limits.NONE);

        assertThat(explored.runs()).isEqualTo(orders);
        assertThat(explored.finals()).hasSize(orders);
        assertThat(explored.complete()).isFalse();
    }

    @Test
    void sampledRunsAreAmongThoseThereAre() {
        final Explored all = explore(DynamicReduction.full(), Limits.NONE);
        for (final Strategy random : List.of(new RandomWalk(3), new PartialOrderSampling(3))) {
            final Explored drawn = explore(random, Limits.NONE.withRuns(2000));

            assertThat(drawn.runs()).isEqualTo(2000);
            assertThat(drawn.finals().keySet()).isEqualTo(all.finals().keySet());
            assertThat(explore(random, Limits.NONE.withRuns(2000)).finals()).isEqualTo(drawn.finals());
        }
    }

    private Explored explore(Strategy strategy, Limits limits) {
        final Consumer<ActorContext<Void>> fourSenders = context -> {
            seen.clear();
            final ActorRef<String> receiver = context.spawn(
                    Behaviors.receive(String.class)
                            .onAnyMessage(message -> {
                                seen.add(message);
                                return Behaviors.same();
                            })
                            .build(),
                    "receiver");
            for (int i = 0; i < 4; i++) {
                final String name = "sender-" + i;
                context.spawn(
                        Behaviors.<String>setup(own -> {
                            receiver.tell(name);
                            return Behaviors.empty();
                        }),
                        name);
            }
        };
        try (ControlledSystem world =
                new ControlledSystem(Semantics.PER_PAIR_FIFO, fourSenders, () -> List.copyOf(seen))) {
            return strategy.explore(world, limits);
        }
    }
}
