/**
 * Packet captures as workloads: frames steered to queues, taken by polls, merged by GRO, then forwarded or delivered.
 */
@NullMarked
package headcache.workload.captured;

import org.jspecify.annotations.NullMarked;
