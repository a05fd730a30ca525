/** How fast the laboratory is: captures. */
@NullMarked
package headcache.benchmarks.laboratory;

import org.jspecify.annotations.NullMarked;
