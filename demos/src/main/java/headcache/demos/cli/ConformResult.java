package headcache.demos.cli;

import headcache.workload.conform.Conformance;

/**
 * What came of one recording.
 *
 * @param conformance the comparison
 * @param initial the file that told what the caches held at the beginning; empty: none did
 */
record ConformResult(Conformance conformance, String initial) {

    /** Whether anything of it was compared; a recording without an event says nothing. */
    boolean compared() {
        return conformance.events() > conformance.skipped() || conformance.routes() > 0;
    }

    /** Rows of which the way was not compared. */
    int unknownRoutes() {
        return conformance.unknownRoutes().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
