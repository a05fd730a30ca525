package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineConfig;
import headcache.machine.RunningMachine;
import headcache.machine.RunningMachine.Threads;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

/** An allocation that fails on real actors, which run at the same time, leaves nothing behind either (I14). */
class FailureOnActorsProperties {

    @Property(tries = 8)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I14 on actors: with CPUs in each other's way for too few heads, every refill is whole or nothing, no get falls"
                    + " back to a single head, and after a drain all heads are home")
    void onActors(@ForAll("poorDrafts") MachineDraft draft, @ForAll @IntRange(min = 5, max = 40) int each) {
        final MachineConfig machine = draft.config();
        final int refill = machine.policy().cache().refill();
        final Ledger ledger = new Ledger();
        boolean failed = false;
        try (RunningMachine running =
                RunningMachine.boot(machine.plan(ledger), Threads.all(), Duration.ofSeconds(20))) {
            final List<CpuId> cpus = machine.topology().cpuIds();
            cpus.forEach(cpu -> running.send(cpu, getsAndReleases(running, each)));
            cpus.forEach(
                    cpu -> assertThat(((BatchDone) running.receive()).slots()).containsOnlyNulls());
            for (final CpuId cpu : cpus) {
                final CpuReport report = running.snapshot().cpu(cpu);
                failed |= report.failedRefills() > 0;
                assertThat(report.gets()).isEqualTo(2L * each);
                assertThat(report.failedGets()).isEqualTo(report.failedRefills());
                assertThat(report.fetched()).isEqualTo(report.refills() * refill);
                assertThat(report.singleAllocs()).isZero();
                assertThat(report.gets() - report.failedGets()).isEqualTo(report.puts() + report.singleFrees());
            }
            running.drain();
            for (final NodeId node : machine.topology().memoryNodes()) {
                assertThat(running.snapshot().node(node).headsInUse()).isZero();
            }
        }
        ledger.checkAllHome();
        assertThat(ledger.violations()).isEmpty();
        Often.require("failed refill", 30, failed);
    }

    /** As many gets as {@code each} whose data fails, as many that may succeed, and a release of what they got. */
    private static CpuMessage.Batch getsAndReleases(RunningMachine running, int each) {
        final Op[] ops = new Op[3 * each];
        for (int slot = 0; slot < each; slot++) {
            ops[2 * slot] = new Op.Allocate(WayIn.NAPI_ALLOC_SKB_KMALLOC, slot, 0, Op.ANY_NODE, true);
            ops[2 * slot + 1] = Op.allocate(FailureProperties.GETS[slot % FailureProperties.GETS.length], slot);
            ops[2 * each + slot] = Op.release(WayOut.NAPI_CONSUME_SKB, slot);
        }
        return new CpuMessage.Batch(running.console(), ops, new Skb[each]);
    }

    @Provide
    Arbitrary<MachineDraft> poorDrafts() {
        return MachineArbitraries.poorMachines(FailureProperties.KERNEL, 0, 0);
    }
}
