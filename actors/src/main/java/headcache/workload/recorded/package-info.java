/** Recordings of a real kernel as workloads. */
@NullMarked
package headcache.workload.recorded;

import org.jspecify.annotations.NullMarked;
