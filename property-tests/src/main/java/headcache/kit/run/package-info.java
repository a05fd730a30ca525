/** Runs that are done again by the names of their deliveries, written down, and compared. */
@NullMarked
package headcache.kit.run;

import org.jspecify.annotations.NullMarked;
