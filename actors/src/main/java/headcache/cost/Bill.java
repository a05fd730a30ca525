package headcache.cost;

import headcache.cpu.CpuPolicy;
import headcache.middle.Depots;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotReport;
import headcache.protocol.NodeReport;
import headcache.skb.CodePath;
import headcache.workload.RunResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What a run's work with heads would cost: how often each {@link Cost} was due. It knows nothing of caches of the
 * processor: cold memory, which makes most of the difference on small boards, costs nothing here, and memory of another node
 * costs the same each time, though the head may still be at hand.
 */
public final class Bill {
    private final Map<Cost, Long> due = new EnumMap<>(Cost.class);
    private final long packets;

    private Bill(long packets) {
        this.packets = packets;
    }

    /** The bill of {@code result} under {@code policy}, up to its end and without the drain. */
    public static Bill of(RunResult result, CpuPolicy policy) {
        final Bill bill = new Bill(result.packets());
        final List<CpuReport> cpus = RunResult.cpus(result.atEnd());
        final List<NodeReport> nodes = RunResult.nodes(result.atEnd());
        bill.add(Cost.CACHED_GET, cpus, CpuReport::gets);
        bill.add(Cost.CACHED_PUT, cpus, cpu -> cpu.puts() + cpu.setAside() + cpu.takenBack());
        bill.add(Cost.POST, cpus, CpuReport::posts);
        bill.add(Cost.SINGLE_ALLOC, nodes, NodeReport::singleAllocs);
        bill.add(Cost.SINGLE_FREE, nodes, NodeReport::singleFrees);
        bill.add(Cost.BULK_ALLOC, nodes, NodeReport::bulkAllocs);
        bill.add(Cost.BULK_ALLOC_HEAD, cpus, CpuReport::fetched);
        if (policy.middle() instanceof Depots depots) {
            final List<DepotReport> reports = RunResult.depots(result.atEnd());
            bill.add(Cost.DEPOT_TRADE, reports, DepotReport::trades);
            final long traded =
                    reports.stream().mapToLong(DepotReport::fullGiven).sum() * depots.rounds();
            bill.due.merge(Cost.BULK_ALLOC_HEAD, -traded, Long::sum);
        }
        bill.add(Cost.BULK_FREE_OP, nodes, NodeReport::synchronisedOps);
        bill.add(Cost.BULK_FREE_HEAD, nodes, NodeReport::bulkFreedHeads);
        bill.add(Cost.HAND_BACK, cpus, CpuReport::deferred);
        bill.add(Cost.REMOTE_ACCESS, cpus, CpuReport::remoteGets);
        bill.due.merge(
                Cost.REMOTE_ACCESS,
                nodes.stream().mapToLong(NodeReport::remoteOps).sum(),
                Long::sum);
        if (policy.kernel().takes(CodePath.LOOK_AT_PAGE)) {
            bill.add(Cost.PAGE_LOOK, cpus, CpuReport::puts);
        }
        return bill;
    }

    private <R> void add(Cost cost, List<R> reports, ToLongFunction<R> counter) {
        due.put(cost, reports.stream().mapToLong(counter).sum());
    }

    /** How often {@code cost} was due. */
    public long count(Cost cost) {
        return due.getOrDefault(cost, 0L);
    }

    /** Cycles in all. */
    public double cycles() {
        return due.entrySet().stream()
                .mapToDouble(entry -> entry.getKey().cycles() * entry.getValue())
                .sum();
    }

    /** Cycles for each packet; 0 if there was none. */
    public double cyclesPerPacket() {
        return packets == 0 ? 0 : cycles() / packets;
    }
}
