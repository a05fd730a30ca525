package headcache.metrics;

import headcache.cost.Bill;
import headcache.cost.Cost;
import headcache.protocol.CpuReport;
import headcache.protocol.NodeReport;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.Workload;
import headcache.workload.WorkloadRun;
import java.util.function.ToLongFunction;

/**
 * What a policy made of a workload, in the figures that tell policies apart.
 *
 * @param result the counters
 * @param bill what it would cost
 * @param parkedPeak the most heads that one CPU had parked
 * @param parkedMean heads that a CPU had parked, in the mean
 * @param leastContacts the fewest contacts that a cache of the policy's capacity could have had with the same gets and
 *     puts
 */
public record Figures(RunResult result, Bill bill, int parkedPeak, double parkedMean, long leastContacts) {

    /**
     * Runs {@code workload} and measures it; the tap of {@code options} watches too.
     *
     * @throws headcache.machine.RunningMachine.MachineFailure if an actor crashed
     */
    public static Figures of(Workload workload, RunOptions options) {
        final int cpus = options.machineFor(workload).cpus();
        final ParkedHeads parked = new ParkedHeads(cpus);
        final LeastContacts least =
                new LeastContacts(cpus, options.policy().cache().capacity());
        final RunResult result = WorkloadRun.run(
                workload, options.with(parked.before(least).before(options.tap())), ProgressListener.NONE);
        final Bill bill = Bill.of(result, options.policy());
        return new Figures(result, bill, parked.peak(), parked.mean(), least.count());
    }

    /** Bulk calls to the slab layer, trades at a depot, or messages to owners of heads, for each packet. */
    public double contacts() {
        return perPacket(sum(CpuReport::contacts));
    }

    /** Single calls to the slab layer for each packet, those of tasks included. */
    public double singles() {
        return perPacket(bill.count(Cost.SINGLE_ALLOC) + bill.count(Cost.SINGLE_FREE));
    }

    /** Messages of CPUs' softirqs to slabs, depots and owners of heads for each packet. */
    public double messages() {
        return perPacket(sum(CpuReport::slabMessages));
    }

    /** Heads of a refill in the mean; 0 if there was none. */
    public double refillSize() {
        return ratio(sum(CpuReport::fetched), sum(CpuReport::refills));
    }

    /** Heads of a spill or flush in the mean; 0 if there was none. */
    public double spillSize() {
        return ratio(sum(CpuReport::spilled), sum(CpuReport::spills));
    }

    /**
     * Allocations that needed no head from the slab, of all that were served; 0 where as many heads were fetched as were
     * served, or more. Those that failed are left out, or a CPU that never got a head would have the best rate of all.
     */
    public double hitRate() {
        final long failedSingly = result.failed() - result.failedGets();
        final long fetched = bill.count(Cost.BULK_ALLOC_HEAD) + bill.count(Cost.SINGLE_ALLOC) - failedSingly;
        final long served = result.packets() - result.failed();
        return served == 0 ? 0 : Math.max(0, 1 - (double) fetched / served);
    }

    /**
     * Heads given back to a node that is not the memory node of the CPU or depot that gave them, of all given back; 0 if
     * none was.
     */
    public double remoteFrees() {
        return ratio(sumOfNodes(NodeReport::remoteIn), givenBack());
    }

    /** Heads given back to the slabs. */
    long givenBack() {
        return sumOfNodes(node -> node.bulkFreedHeads() + node.singleFrees());
    }

    private long sumOfNodes(ToLongFunction<NodeReport> counter) {
        return RunResult.nodes(result.atEnd()).stream().mapToLong(counter).sum();
    }

    private long sum(ToLongFunction<CpuReport> counter) {
        return RunResult.cpus(result.atEnd()).stream().mapToLong(counter).sum();
    }

    private double perPacket(long count) {
        return ratio(count, result.packets());
    }

    private static double ratio(long count, long of) {
        return of == 0 ? 0 : (double) count / of;
    }
}
