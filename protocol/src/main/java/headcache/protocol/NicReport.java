package headcache.protocol;

/**
 * The counters of a NIC since boot.
 *
 * @param received frames that arrived
 * @param ringDrops frames that found their ring full
 * @param polls polls that were run
 * @param transmitted skbs sent
 * @param waiting skbs sent whose completion no poll has collected yet
 */
public record NicReport(long received, long ringDrops, long polls, long transmitted, int waiting) implements Report {}
