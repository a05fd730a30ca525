package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.verify.mutant.Mutant;
import headcache.verify.mutant.Planted;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.FixedSeedMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** With a bug planted, what is drawn shrinks to the few commands, and the fault, that it takes. */
final class PlantedRunProperties {
    private static final Object M14 = planted("M14");
    private static final Object X16 = planted("X16");

    private static Object planted(String mutant) {
        return Planted.of(Mutant.named(mutant).orElseThrow()).make(DrawnRuns.class);
    }

    @Provide
    @SuppressWarnings("unchecked") // what DrawnRuns is
    Arbitrary<Object> runsWithM14() {
        return ((Supplier<Arbitrary<Object>>) M14).get();
    }

    @Provide
    @SuppressWarnings("unchecked") // what DrawnRuns is
    Arbitrary<Object> runsWithX16() {
        return ((Supplier<Arbitrary<Object>>) X16).get();
    }

    @Property(tries = 1000, seed = "1", whenFixedSeed = FixedSeedMode.ALLOW, shrinking = ShrinkingMode.FULL)
    @AddLifecycleHook(TakesACommand.class)
    @SuppressWarnings("unchecked") // what DrawnRuns is
    void aHeadThatWasNeverGiven(@ForAll("runsWithM14") Object run) {
        assertThat(((Predicate<Object>) M14).test(run)).isTrue();
    }

    @Property(tries = 1000, seed = "1", whenFixedSeed = FixedSeedMode.ALLOW, shrinking = ShrinkingMode.FULL)
    @AddLifecycleHook(TakesAFault.class)
    @SuppressWarnings("unchecked") // what DrawnRuns is
    void aRefusalThatIsNotTold(@ForAll("runsWithX16") Object run) {
        assertThat(((Predicate<Object>) X16).test(run)).isTrue();
    }

    static final class TakesACommand extends FailsSo {
        TakesACommand() {
            super(M14, "DOUBLE_FREE, smaller: 0", "driver-1 tells cpu-0 napi_build_skb s0");
        }
    }

    static final class TakesAFault extends FailsSo {
        TakesAFault() {
            super(
                    X16,
                    "I15, smaller: 0",
                    "driver-0 tells cpu-0 napi_build_skb s2",
                    "driver-2 tells node-0 Failslab[times=1]");
        }
    }

    /** The property must fail, with this very run, from which nothing can be taken. */
    private abstract static class FailsSo implements AroundPropertyHook {
        private final Object runs;
        private final List<String> smallest;

        FailsSo(Object runs, String... smallest) {
            this.runs = runs;
            this.smallest = List.of(smallest);
        }

        @Override
        @SuppressWarnings("unchecked") // what DrawnRuns is
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            final Thread thread = Thread.currentThread();
            final ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(runs.getClass().getClassLoader()); // Akka asks it for classes by name
            try {
                final PropertyExecutionResult result = property.execute();
                assertThat(result.status()).isEqualTo(PropertyExecutionResult.Status.FAILED);
                final Object run = result.falsifiedParameters().orElseThrow().get(0);
                assertThat(((Function<Object, List<String>>) runs).apply(run)).isEqualTo(smallest);
                return result.mapToSuccessful();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }
}
