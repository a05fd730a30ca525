package headcache.workload;

import headcache.machine.MachineReply.Snapshot;
import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotReport;
import headcache.protocol.NodeReport;
import headcache.protocol.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What came of a run.
 *
 * @param topology the machine
 * @param atEnd the counters when all operations were done, before the drain
 * @param drained the counters after every CPU had given back what it had
 * @param packets skbs asked for, failed ones included
 * @param operations operations done, cancelled ones included
 * @param batches messages in which they were sent
 * @param failed allocations that failed
 * @param cancelled operations that were not done because their skb's allocation had failed
 * @param failedWhileParked gets that failed while heads were parked on another CPU; depends on the order of
 *     messages; empty if gets failed though nobody had reason to watch for it
 * @param cuts what the audits said, in order; none if there was no audit
 * @param nanos time from the first operation to the last, machine booted
 */
public record RunResult(
        Topology topology,
        Snapshot atEnd,
        Snapshot drained,
        long packets,
        long operations,
        long batches,
        long failed,
        long cancelled,
        OptionalLong failedWhileParked,
        List<RunCut> cuts,
        long nanos) {

    RunResult with(OptionalLong otherFailedWhileParked) {
        return new RunResult(
                topology,
                atEnd,
                drained,
                packets,
                operations,
                batches,
                failed,
                cancelled,
                otherFailedWhileParked,
                cuts,
                nanos);
    }

    /** What is wrong with where heads are, one line each; nothing if every head is accounted for and home. */
    public List<String> faults() {
        final List<String> faults = new ArrayList<>();
        final long parked = parked(atEnd);
        final long inUse = headsInUse(atEnd);
        if (parked > inUse) {
            faults.add("at the end: parked=" + parked + " but headsInUse=" + inUse);
        }
        for (final Map.Entry<ActorName, Report> part : drained.reports().entrySet()) {
            if (part.getValue() instanceof NodeReport node && (node.headsInUse() != 0 || node.pairsInUse() != 0)) {
                faults.add("after the drain: " + part.getKey() + " headsInUse=" + node.headsInUse() + " pairsInUse="
                        + node.pairsInUse());
            } else if (part.getValue() instanceof CpuReport cpu && cpu.parked() != 0) {
                faults.add("after the drain: " + part.getKey() + " parked=" + cpu.parked());
            }
        }
        return faults;
    }

    /** Puts of heads that sockets handed back to the CPU that had allocated them. */
    public long handedBack() {
        return cpus(atEnd).stream().mapToLong(CpuReport::handedBack).sum();
    }

    /** Gets that failed. */
    public long failedGets() {
        return cpus(atEnd).stream().mapToLong(CpuReport::failedGets).sum();
    }

    /** The counters of the CPUs of {@code snapshot}, by index. */
    public static List<CpuReport> cpus(Snapshot snapshot) {
        return all(snapshot, CpuReport.class);
    }

    /** The counters of the nodes with memory of {@code snapshot}, in order. */
    public static List<NodeReport> nodes(Snapshot snapshot) {
        return all(snapshot, NodeReport.class);
    }

    /** The counters of the depots of {@code snapshot}, if there are any. */
    public static List<DepotReport> depots(Snapshot snapshot) {
        return all(snapshot, DepotReport.class);
    }

    private static <R extends Report> List<R> all(Snapshot snapshot, Class<R> kind) {
        return snapshot.reports().values().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static long parked(Snapshot snapshot) {
        return cpus(snapshot).stream().mapToLong(CpuReport::parked).sum();
    }

    private static long headsInUse(Snapshot snapshot) {
        return nodes(snapshot).stream().mapToLong(NodeReport::headsInUse).sum();
    }
}
