package headcache.verify.scene;

import headcache.kit.Semantics;
import headcache.kit.jqwik.RunArbitrary;
import headcache.kit.shrink.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;

/**
 * Runs that jqwik draws, of the machine in the program that this is loaded in: the entry of a program in which a bug is
 * planted, whose classes are others than those of the property. So runs are values of no class that the property knows.
 */
public final class DrawnRuns implements Supplier<Arbitrary<?>>, Predicate<Object>, Function<Object, List<String>> {
    private final SceneHost<DraftCase> host = new SceneHost<>(DraftCase::scene);

    /** The runs. */
    @Override
    public Arbitrary<?> get() {
        return RunArbitrary.of(DraftArbitraries.cases(), host, Semantics.PER_PAIR_FIFO);
    }

    /** True; what went wrong in {@code run} is thrown. */
    @Override
    public boolean test(Object run) {
        trial(run).mustHold(host);
        return true;
    }

    /** The rule that {@code run} breaks, how many smaller runs break it too, and the commands, a line each. */
    @Override
    public List<String> apply(Object run) {
        final Trial<DraftCase> trial = trial(run);
        final List<String> lines = new ArrayList<>();
        lines.add(trial.rule() + ", smaller: " + trial.smaller(host, 0).count());
        lines.addAll(trial.subject().scene().commands());
        return lines;
    }

    @SuppressWarnings("unchecked") // it is one of those that get supplies
    private static Trial<DraftCase> trial(Object run) {
        return (Trial<DraftCase>) run;
    }
}
