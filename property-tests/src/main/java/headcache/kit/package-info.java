/** Checking actors: schedule control, exploration, shrinking and reports, for any step, not only this machine's. */
@NullMarked
package headcache.kit;

import org.jspecify.annotations.NullMarked;
