/** How fast machines are checked. */
@NullMarked
package headcache.benchmarks.checking;

import org.jspecify.annotations.NullMarked;
