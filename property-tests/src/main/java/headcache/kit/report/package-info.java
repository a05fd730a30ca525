/** Runs as people look at them. */
@NullMarked
package headcache.kit.report;

import org.jspecify.annotations.NullMarked;
