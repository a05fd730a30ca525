package headcache.verify.scene;

import headcache.kit.search.Explored;
import headcache.kit.state.StateSearch;
import headcache.kit.state.TraceCount;
import java.util.Optional;

/**
 * What a second engine counts in a scene, which shares with the first one only the steps: it remembers states, copies
 * steps instead of running actors, and knows nothing of runs.
 *
 * @param states states that can be reached
 * @param traces classes of runs that differ in more than the order of independent deliveries
 * @param reached what was searched
 */
public record Recount(long states, long traces, StateSearch.Reached reached) {

    /** Counts {@code scene}; nothing if it has more than {@code limit} states. */
    public static Optional<Recount> of(Scene scene, long limit) {
        final MachineCast cast = new MachineCast(scene);
        final StateSearch.Reached reached = StateSearch.of(cast)
                .withLimit(limit)
                .withThreads(Runtime.getRuntime().availableProcessors())
                .run();
        return reached.complete()
                ? Optional.of(new Recount(reached.states(), TraceCount.of(cast), reached))
                : Optional.empty();
    }

    /** Whether a complete search of all runs has come to the same. */
    public boolean agreesWith(Explored explored) {
        return explored.traces() == traces && explored.finals().keySet().equals(reached.finals());
    }
}
