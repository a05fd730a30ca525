package headcache.protocol;

/**
 * What Chandy and Lamport call a marker: on its channel it stands between what was sent before the sender's cut and what
 * was sent after it.
 *
 * @param from the sender
 * @param audit who collects what is counted
 * @param cut the number of the cut, from 1
 */
public record Marker(ActorName from, DriverId audit, int cut)
        implements CpuMessage, SlabMessage, DepotMessage, TaskMessage, NicMessage, DriverMessage {}
