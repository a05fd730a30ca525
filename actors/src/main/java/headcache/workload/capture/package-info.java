/**
 * Packet captures: reading them frame by frame, what their headers say, and which frames GRO merges.
 *
 * <p>Classic pcap is read by some hundred lines of this package: pkts (3.0.18 of April 2025, MIT), the pure-Java
 * library that was looked at, streams, but takes a cut in the middle of a record for the end of the capture, believes any
 * length, and brings parsers of SIP and SDP.
 */
@NullMarked
package headcache.workload.capture;

import org.jspecify.annotations.NullMarked;
