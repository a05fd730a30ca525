/** How fast the laboratory is: captures, and later all that is measured in a run. */
@NullMarked
package headcache.benchmarks.laboratory;

import org.jspecify.annotations.NullMarked;
