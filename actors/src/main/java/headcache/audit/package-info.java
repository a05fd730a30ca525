/**
 * The audit of a running machine: consistent cuts by the markers of Chandy and Lamport ("Distributed Snapshots:
 * Determining Global States of Distributed Systems", ACM TOCS 3(1), 1985).
 */
@NullMarked
package headcache.audit;

import org.jspecify.annotations.NullMarked;
