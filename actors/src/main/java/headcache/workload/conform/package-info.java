/** Conformance: a recording of a real kernel is replayed through the real actors, and what they do is compared. */
@NullMarked
package headcache.workload.conform;

import org.jspecify.annotations.NullMarked;
