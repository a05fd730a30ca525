/** Things that went wrong with caches of objects, played again: what broke, under which policy, and what mended it. */
@NullMarked
package headcache.demos.incident;

import org.jspecify.annotations.NullMarked;
