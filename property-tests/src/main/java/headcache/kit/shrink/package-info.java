/** Runs that go wrong, made as small as they can be. */
@NullMarked
package headcache.kit.shrink;

import org.jspecify.annotations.NullMarked;
