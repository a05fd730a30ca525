/** What it costs to measure a run. */
@NullMarked
package headcache.benchmarks.metrics;

import org.jspecify.annotations.NullMarked;
