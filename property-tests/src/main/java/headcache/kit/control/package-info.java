/** Real actors that stand still until they are told to take a message. */
@NullMarked
package headcache.kit.control;

import org.jspecify.annotations.NullMarked;
