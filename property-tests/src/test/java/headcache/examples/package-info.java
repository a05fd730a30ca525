/** What users write, as they would write it: with public types only. */
@NullMarked
package headcache.examples;

import org.jspecify.annotations.NullMarked;
