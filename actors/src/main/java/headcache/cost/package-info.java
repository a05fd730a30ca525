/** What the work of a run would cost a processor: constants with their sources, and a sum. */
@NullMarked
package headcache.cost;

import org.jspecify.annotations.NullMarked;
