package headcache.kit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Semantics;
import headcache.kit.jqwik.RunArbitrary;
import headcache.kit.shrink.Trial;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** jqwik draws clients and an order of messages, and shrinks both together. */
final class LostUpdateProperties {
    private static final LostUpdate.Stage STAGE = new LostUpdate.Stage();

    @Provide
    Arbitrary<Trial<LostUpdate>> runs() {
        return RunArbitrary.of(
                Arbitraries.integers().between(0, 3).list().ofSize(3).map(LostUpdate::new),
                STAGE,
                Semantics.PER_PAIR_FIFO);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.FULL)
    @AddLifecycleHook(FailsInTheSmallestWay.class)
    void noUpdateIsLost(@ForAll("runs") Trial<LostUpdate> run) {
        run.mustHold(STAGE);
    }

    /** The property must fail, and with this very run. */
    static final class FailsInTheSmallestWay implements AroundPropertyHook {
        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            final PropertyExecutionResult result = property.execute();
            assertThat(result.status()).isEqualTo(PropertyExecutionResult.Status.FAILED);
            final Trial<?> run =
                    (Trial<?>) result.falsifiedParameters().orElseThrow().get(0);
            assertThat(run.rule()).isEqualTo("no update is lost");
            assertThat(((LostUpdate) run.subject()).additions()).containsExactlyInAnyOrder(0, 1, 1);
            final List<String> names = withoutNames(run.trail().names());
            assertThat(names.subList(0, 2)).containsExactly("a -> register", "b -> register");
            assertThat(names.subList(2, names.size()))
                    .containsExactlyInAnyOrder("register -> a", "register -> b", "a -> register", "b -> register");
            assertThat(run.trail().switches()).isEmpty();
            assertThat(result.throwable().orElseThrow())
                    .hasMessageStartingWith("no update is lost: number=1, additions=2\nbroken      no update is lost,"
                            + " when nothing is left after 6 deliveries");
            return result.mapToSuccessful();
        }

        /** Which of three clients it was does not matter: the first that is heard of is a, the other b. */
        private static List<String> withoutNames(List<String> names) {
            final String first = names.get(0).replaceFirst(" -> .*", "");
            return names.stream()
                    .map(name -> name.replace(first, "a").replaceAll("client-\\d", "b"))
                    .toList();
        }
    }
}
