package headcache.demos.cli;

import headcache.kit.Semantics;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.shrink.Shrunk;
import headcache.verify.scene.Recount;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneCase;
import java.util.List;
import java.util.Optional;

/**
 * A scenario and what came of it.
 *
 * @param scene the scenario
 * @param semantics which orders were possible
 * @param strategy which runs were tried
 * @param explored what was seen
 * @param recount what a second engine counts, if all was tried and it can
 * @param shrunk the smallest scenario that goes wrong in the same way, if this one does
 */
record Checked(
        Scene scene,
        Semantics semantics,
        String strategy,
        Explored explored,
        Optional<Recount> recount,
        Optional<Shrunk<SceneCase>> shrunk) {

    /** The verdict on a scenario. */
    enum Verdict {
        /** Nothing went wrong, and nothing was left out. */
        HOLDS,
        /** Something went wrong. */
        VIOLATED,
        /** Nothing went wrong, but not all was tried. */
        INCONCLUSIVE
    }

    Verdict verdict() {
        final Found found = explored.found();
        if (found != null) {
            return found.isVerdict() ? Verdict.VIOLATED : Verdict.INCONCLUSIVE;
        }
        if (recount.map(count -> count.reached().broken()).isPresent()) {
            return Verdict.VIOLATED;
        }
        return explored.complete() ? Verdict.HOLDS : Verdict.INCONCLUSIVE;
    }

    static int exitCode(final List<Checked> results) {
        if (results.stream().anyMatch(result -> result.verdict() == Verdict.VIOLATED)) {
            return ExitCodes.VIOLATED;
        }
        return results.stream().allMatch(result -> result.verdict() == Verdict.HOLDS)
                ? ExitCodes.HOLDS
                : ExitCodes.INCONCLUSIVE;
    }
}
