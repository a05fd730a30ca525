/** Which runs of a world are tried, and in which order. */
@NullMarked
package headcache.kit.search;

import org.jspecify.annotations.NullMarked;
