package headcache.workload.recorded;

import headcache.machine.Topology;
import headcache.workload.BadInputException;
import headcache.workload.ListedWorkload;
import headcache.workload.Workload;
import headcache.workload.trace.Recording;

/**
 * What a recorded kernel did with skbs, without what its caches made of it.
 *
 * <p>Each get and single allocation is an allocation, each put and single free a free, by the way that the
 * route table gives for the function that was called; the end of a poll is the end of a poll. An skb is what
 * an object was between its allocation and its free. Whatever began before the recording or ended after it is
 * made whole, as the workload's notes say.
 */
public final class RecordedWorkload {
    private RecordedWorkload() {}

    /**
     * Makes a workload of {@code recording}; it takes about 16 bytes for each row.
     *
     * @throws BadInputException if the recording is empty or contradicts itself
     */
    public static Workload of(Recording recording) {
        if (recording.size() == 0) {
            throw new BadInputException(recording.file(), 1, "the recording has no events");
        }
        final RecordedOps made = new RecordedOps(recording);
        made.make();
        return new ListedWorkload(
                recording.name(),
                "what a recorded kernel did with " + made.packets() + " skbs on " + recording.cpus() + " CPUs",
                Topology.even(recording.cpus(), recording.nodes()),
                made.packets(),
                made.kinds(),
                made.ops(),
                made.notes());
    }
}
