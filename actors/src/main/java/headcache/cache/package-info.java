/** Head caches and their policy parameters: what one CPU keeps of freed heads; pure, no actors. */
@NullMarked
package headcache.cache;

import org.jspecify.annotations.NullMarked;
