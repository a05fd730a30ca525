/** Small machines and what they are told, run by the real actors under every interleaving. */
@NullMarked
package headcache.verify.scene;

import org.jspecify.annotations.NullMarked;
