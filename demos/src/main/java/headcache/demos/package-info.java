/** The program: its entry point, and what people look at. */
@NullMarked
package headcache.demos;

import org.jspecify.annotations.NullMarked;
