/** The cache core beside other pools: one class for each, all with the same three loads. */
@NullMarked
package headcache.benchmarks.core;

import org.jspecify.annotations.NullMarked;
