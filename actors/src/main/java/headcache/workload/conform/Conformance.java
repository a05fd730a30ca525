package headcache.workload.conform;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What came of comparing a recording with the model.
 *
 * @param trace the recording's name
 * @param file its file as reports name it
 * @param rows its rows
 * @param events its rows that touch a cache: {@code get}, {@code put}, {@code bulk_alloc}, {@code bulk_free}
 * @param skipped those of them that were not compared because it is not known what the cache held
 * @param notReached operations that were not replayed because the model refused an earlier one
 * @param counts mismatches by check
 * @param routes rows of which the way was compared
 * @param unknownRoutes rows by call of which the way was not compared, because the table lacks the function
 * @param finalCounts caches of which the count at the end was compared
 * @param remote remote heads, if homes were recorded
 * @param first the first mismatch in the order of rows
 */
public record Conformance(
        String trace,
        String file,
        int rows,
        int events,
        int skipped,
        int notReached,
        SortedMap<Check, Long> counts,
        int routes,
        SortedMap<String, Integer> unknownRoutes,
        int finalCounts,
        Optional<Remote> remote,
        Optional<First> first) {

    /**
     * Remote heads, as recorded.
     *
     * @param gets gets of heads whose home is not the CPU's memory node
     * @param puts puts of such heads
     * @param delivered such heads in bulk allocations
     */
    public record Remote(long gets, long puts, long delivered) {}

    /**
     * A mismatch with what led to it.
     *
     * @param mismatch the mismatch
     * @param place the file and line it is about
     * @param history the rows of that CPU up to there, each with its line, oldest first
     */
    public record First(Mismatch mismatch, String place, List<String> history) {}

    /** Mismatches of the ways that calls take. */
    public long routeMismatches() {
        return counts.getOrDefault(Check.ROUTE, 0L);
    }

    /** All mismatches but those of the ways. */
    public long mismatches() {
        return counts.values().stream().mapToLong(Long::longValue).sum() - routeMismatches();
    }

    /** Whether recording and model agree in everything that was compared. */
    public boolean conforms() {
        return mismatches() == 0 && routeMismatches() == 0;
    }
}
