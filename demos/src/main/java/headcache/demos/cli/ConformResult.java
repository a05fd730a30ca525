package headcache.demos.cli;

import headcache.workload.conform.Conformance;

/**
 * What came of one recording.
 *
 * @param conformance the comparison
 * @param initial the file that told what the caches held at the beginning; empty: none did
 */
record ConformResult(Conformance conformance, String initial) {

    /** Rows of which the way was not compared. */
    int unknownRoutes() {
        return conformance.unknownRoutes().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
