/**
 * Packet conformance: captured packets and the recorded head caches of the same run, held against one another.
 *
 * <p>The frames and the sizes of the kernel's polls go in. What becomes of the head of each received frame, and on a
 * router which head each transmit completion gives back, must then be what the kernel did.
 */
@NullMarked
package headcache.workload.packets;

import org.jspecify.annotations.NullMarked;
