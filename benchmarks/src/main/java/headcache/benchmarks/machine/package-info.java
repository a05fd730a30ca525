/** Benchmarks of the machine: the same actors, messages and skbs as everywhere. */
@NullMarked
package headcache.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
