package headcache.demos.incident;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The registry of incidents, in the order in which lists show them. */
public final class Incidents {
    /** All that can be played. */
    public static final List<Incident> ALL = List.of(
            new Resonance(),
            new GroPoll(),
            new PageCheck(),
            new Offline(),
            new DeferResidue(),
            new DeferCap(),
            new AlienHeads(),
            Unfixed.TWIN,
            Unfixed.REFERENCE);

    private Incidents() {}

    /** The incident called {@code name}, if there is one. */
    public static Optional<Incident> named(final String name) {
        return ALL.stream().filter(incident -> incident.name().equals(name)).findFirst();
    }

    /** What is known and cannot be played, each with the reason. */
    public static Map<String, String> missing() {
        final Map<String, String> missing = new TreeMap<>();
        missing.put(
                "sheaf-refill", "sheaves that refuse to refill for callers that must not block: here none ever blocks");
        missing.put("null-sheaf", "a CPU without a main sheaf after a lock was not had: messages have no trylock");
        missing.put(
                "cross-buckets", "FreeBSD's buckets for other domains grew for ever: UMA is not among the policies");
        missing.put("page-pool-ring", "pages that went through a ring to their owner: they are not heads");
        return missing;
    }
}
