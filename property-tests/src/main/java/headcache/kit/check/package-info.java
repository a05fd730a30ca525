/** What tests call to check actors of their own. */
@NullMarked
package headcache.kit.check;

import org.jspecify.annotations.NullMarked;
