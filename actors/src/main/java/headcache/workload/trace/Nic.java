package headcache.workload.trace;

/**
 * A NIC of a machine whose packets were captured while its head caches were recorded: a row of {@code nics.csv}.
 *
 * @param run the recording that the capture belongs to
 * @param file the capture, in the same folder
 * @param device the device, as the recording's polls name it
 * @param mac the device's own address, 48 bits: a captured frame with this source was sent by it
 * @param forwardsFrom the device whose received frames leave here, or empty if this machine forwards none
 */
public record Nic(String run, String file, String device, long mac, String forwardsFrom) {}
