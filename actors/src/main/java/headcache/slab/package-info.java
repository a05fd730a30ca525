/** The slab of a memory node: pages, free lists, partial lists, the reserve; pure, no actors. */
@NullMarked
package headcache.slab;

import org.jspecify.annotations.NullMarked;
