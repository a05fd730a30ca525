/** What is done with skbs on a CPU: the ways in, the ways out, and batches of both. */
@NullMarked
package headcache.skb;

import org.jspecify.annotations.NullMarked;
