/** A memory node: the step that serves bulk and single requests from its slab, and the actor around it. */
@NullMarked
package headcache.memory;

import org.jspecify.annotations.NullMarked;
