/** Recordings of a real kernel's head caches: reading them, and what their rows call. */
@NullMarked
package headcache.workload.trace;

import org.jspecify.annotations.NullMarked;
