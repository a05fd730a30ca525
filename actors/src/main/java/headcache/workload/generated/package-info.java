/** Workloads that are made up: each a kind of traffic, endless in principle, the same for the same seed. */
@NullMarked
package headcache.workload.generated;

import org.jspecify.annotations.NullMarked;
