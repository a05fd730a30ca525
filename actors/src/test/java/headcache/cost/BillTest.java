package headcache.cost;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.metrics.ParkedHeads;
import headcache.protocol.CpuReport;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.workload.Context;
import headcache.workload.ListedWorkload;
import headcache.workload.OpBuffer;
import headcache.workload.OpKinds;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.WorkloadRun;
import headcache.workload.generated.DriverWorkload;
import headcache.workload.generated.Fate;
import headcache.workload.generated.Generator;
import headcache.workload.generated.GeneratorOptions;
import org.junit.jupiter.api.Test;

class BillTest {
    private static final int PACKETS = 64;

    private final ParkedHeads parked = new ParkedHeads(1);

    private RunResult run(WayIn driver, Fate fate, CpuPolicy policy) {
        return WorkloadRun.run(
                new DriverWorkload(driver, fate, new GeneratorOptions(1, 1, PACKETS, 1)),
                RunOptions.DEFAULT.with(policy).with(Threads.DETERMINISTIC).with(parked),
                ProgressListener.NONE);
    }

    /** Nothing comes back, so each get in 16 asks for a refill, and every free is single. */
    @Test
    void shouldAddUpWhatWasDue() {
        final RunResult result = run(WayIn.NAPI_BUILD_SKB, Fate.DELIVERED, CpuPolicy.LINUX_5_12);
        final Bill bill = Bill.of(result, CpuPolicy.LINUX_5_12);

        assertThat(bill.count(Cost.CACHED_GET)).isEqualTo(64);
        assertThat(bill.count(Cost.CACHED_PUT)).isZero();
        assertThat(bill.count(Cost.BULK_ALLOC)).isEqualTo(4);
        assertThat(bill.count(Cost.BULK_ALLOC_HEAD)).isEqualTo(64);
        assertThat(bill.count(Cost.SINGLE_ALLOC)).isZero();
        assertThat(bill.count(Cost.SINGLE_FREE)).isEqualTo(64);
        assertThat(bill.count(Cost.PAGE_LOOK)).isZero();
        assertThat(bill.cycles()).isEqualTo(64 * 4 + 4 * 16 + 64 * 7.5 + 64 * 23.5);
        assertThat(bill.cyclesPerPacket()).isEqualTo(36);
        assertThat(parked.peak()).isEqualTo(16);
    }

    private static CpuPolicy looks() {
        final Kernel kernel = Kernel.LINUX_5_12.with(CodePath.LOOK_AT_PAGE);
        return new CpuPolicy(CpuPolicy.LINUX_5_12.cache(), kernel, true, CpuPolicy.BACKLOG_LIMIT);
    }

    @Test
    void shouldChargeForALookAtThePageOnlyWhereTheKernelLooks() {
        final RunResult result = run(WayIn.NAPI_BUILD_SKB, Fate.FORWARDED, CpuPolicy.LINUX_5_12);

        assertThat(Bill.of(result, looks()).count(Cost.PAGE_LOOK)).isEqualTo(64);
        assertThat(Bill.of(result, looks()).cycles())
                .isEqualTo(Bill.of(result, CpuPolicy.LINUX_5_12).cycles() + 64 * 8);
    }

    /**
     * cpu-1 puts 64 heads of the other node and spills the newer 32, which are one page; then it gets three of those that
     * stayed, and a task there gives one to the slab.
     */
    @Test
    void shouldChargeForMemoryOfAnotherNode() {
        final Topology machine = Topology.even(2, 2);
        final OpKinds kinds = new OpKinds();
        final OpBuffer ops = new OpBuffer();
        for (int skb = 0; skb < 65; skb++) {
            ops.add(kinds.in(WayIn.NAPI_BUILD_SKB), Context.SOFTIRQ.queue(0), skb);
        }
        for (int skb = 0; skb < 64; skb++) {
            ops.add(kinds.out(WayOut.NAPI_CONSUME_SKB), Context.SOFTIRQ.queue(1), skb);
        }
        for (int skb = 65; skb < 68; skb++) {
            ops.add(kinds.in(WayIn.NAPI_BUILD_SKB), Context.SOFTIRQ.queue(1), skb);
            ops.add(kinds.out(WayOut.NAPI_CONSUME_SKB), Context.SOFTIRQ.queue(0), skb);
        }
        ops.add(kinds.out(WayOut.KFREE_SKB), Context.TASK.queue(1), 64);
        final RunResult result = WorkloadRun.run(
                ListedWorkload.of(machine, kinds, ops),
                RunOptions.DEFAULT.with(Threads.DETERMINISTIC),
                ProgressListener.NONE);

        assertThat(Bill.of(result, CpuPolicy.LINUX_5_12).count(Cost.REMOTE_ACCESS))
                .isEqualTo(1 + 3 + 1);
    }

    /** Of 300 skbs those that a task on another CPU reads go home, as many as the CPUs' lists have taken. */
    @Test
    void shouldChargeForEachSkbThatIsHandedBack() {
        final CpuPolicy policy =
                new CpuPolicy(CpuPolicy.LINUX_5_12.cache(), Kernel.LINUX_5_19, true, CpuPolicy.BACKLOG_LIMIT);
        final RunResult result = WorkloadRun.run(
                Generator.TCP_RX.workload(new GeneratorOptions(2, 1, 300, 1)),
                RunOptions.DEFAULT.with(policy).with(Threads.DETERMINISTIC),
                ProgressListener.NONE);
        final Bill bill = Bill.of(result, policy);

        assertThat(bill.count(Cost.HAND_BACK)).isEqualTo(3);
        assertThat(RunResult.cpus(result.atEnd()).stream().mapToLong(CpuReport::deferred))
                .contains(bill.count(Cost.HAND_BACK));
    }
}
