package headcache.kit.jqwik;

import headcache.kit.Semantics;
import headcache.kit.shrink.Case;
import headcache.kit.shrink.Host;
import headcache.kit.shrink.Trial;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * Runs of cases that jqwik draws: the case and the order of messages are one value, and are shrunk together.
 *
 * <p>A run is done when it is drawn, so a property has only to say what must hold of it. When one fails, what jqwik
 * tries next are all runs with one part, one context switch or one delivery less, and of these only such as break the
 * same rule; so what is left in the end cannot be made smaller by any one of them. Properties should ask for
 * {@code shrinking = ShrinkingMode.FULL}, because the usual mode stops after ten seconds.
 */
public final class RunArbitrary {
    private RunArbitrary() {}

    /**
     * Runs of {@code cases} in random orders.
     *
     * @param cases what is run; how jqwik would shrink it does not matter
     * @param host sets the cases up; used by one thread only
     * @param semantics which deliveries are possible
     */
    public static <C extends Case<C>> Arbitrary<Trial<C>> of(Arbitrary<C> cases, Host<C> host, Semantics semantics) {
        final RandomGenerator<C> generator = cases.generator(1000);
        return Arbitraries.fromGenerator(random -> {
            final C subject = generator.next(random).value();
            return new Smaller<>(Trial.drawn(host, subject, semantics, random.nextLong()), host, 0);
        });
    }

    /** A run that jqwik may replace by one with one thing less. */
    private record Smaller<C extends Case<C>>(Trial<C> trial, Host<C> host, int from) implements Shrinkable<Trial<C>> {
        @Override
        public Trial<C> value() {
            return trial;
        }

        @Override
        public Stream<Shrinkable<Trial<C>>> shrink() {
            return trial.smaller(host, from).map(smaller -> new Smaller<>(smaller.trial(), host, smaller.at()));
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(
                    trial.subject().size(),
                    trial.trail().switches().size(),
                    trial.trail().names().size());
        }
    }
}
