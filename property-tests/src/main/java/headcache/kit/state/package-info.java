/** Searches that remember states instead of runs. */
@NullMarked
package headcache.kit.state;

import org.jspecify.annotations.NullMarked;
