package headcache.demos.cli;

import headcache.cost.Bill;
import headcache.cost.Cost;
import headcache.metrics.ParkedHeads;
import headcache.policy.Stage;
import headcache.protocol.CpuReport;
import headcache.workload.RunResult;
import headcache.workload.generated.DriverWorkload;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What one kernel of the series made of one driver's frames.
 *
 * @param workload the driver and what becomes of its frames
 * @param stage the kernel
 * @param result its counters
 * @param bill what it would cost
 * @param parked how many heads were parked
 */
record SeriesRow(DriverWorkload workload, Stage stage, RunResult result, Bill bill, ParkedHeads parked) {

    /** Bulk calls to the slab layer for each packet. */
    double contacts() {
        return perPacket(sum(CpuReport::contacts));
    }

    /** Single calls to the slab layer for each packet, those of tasks included. */
    double singles() {
        return perPacket(bill.count(Cost.SINGLE_ALLOC) + bill.count(Cost.SINGLE_FREE));
    }

    /** Heads of a refill in the mean; 0 if there was none. */
    double refillSize() {
        return ratio(sum(CpuReport::fetched), sum(CpuReport::refills));
    }

    /** Heads of a spill or flush in the mean; 0 if there was none. */
    double spillSize() {
        return ratio(sum(CpuReport::spilled), sum(CpuReport::spills));
    }

    /** Allocations that were served by a head that had not come from the slab for them, of all allocations. */
    double hitRate() {
        final long fetched = sum(CpuReport::fetched) + bill.count(Cost.SINGLE_ALLOC);
        return Math.max(0, 1 - perPacket(fetched));
    }

    /** What is wrong with where heads were in the end, one line each; none if all came home. */
    Stream<String> faults() {
        return result.faults().stream().map(fault -> workload.name() + ", " + stage.name() + ": " + fault);
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
