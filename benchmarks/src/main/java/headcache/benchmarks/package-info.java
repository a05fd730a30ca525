/** Benchmarks of the head cache and of the actors, beside peers in the same run. */
@NullMarked
package headcache.benchmarks;

import org.jspecify.annotations.NullMarked;
