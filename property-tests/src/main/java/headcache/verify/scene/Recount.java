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
 * @param reached what was searched; it tells of a state at which heads are lost or in two places, if there is one
 */
public record Recount(long states, long traces, StateSearch.Reached reached) {

    /**
     * Counts {@code scene}, and asks at every state whether all heads are there, each once; nothing if it has more than
     * {@code limit} states.
     */
    public static Optional<Recount> of(Scene scene, long limit) {
        final MachineCast cast = new MachineCast(scene);
        final StateSearch.Reached reached = StateSearch.of(cast)
                .withLimit(limit)
                .withLaw(new Conservation())
                .withThreads(Runtime.getRuntime().availableProcessors())
                .run();
        if (reached.broken() != null) {
            return Optional.of(new Recount(reached.states(), 0, reached));
        }
        return reached.complete()
                ? Optional.of(new Recount(reached.states(), TraceCount.of(cast), reached))
                : Optional.empty();
    }

    /** Whether a complete search of all runs has come to the same. */
    public boolean agreesWith(Explored explored) {
        return reached.complete()
                && explored.traces() == traces
                && explored.finals().keySet().equals(reached.finals());
    }
}
