/** What every actor's step has in common: how it sends, what it tells of heads, how it is copied and encoded. */
@NullMarked
package headcache.step;

import org.jspecify.annotations.NullMarked;
