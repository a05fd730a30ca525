package headcache.semantics;

import static headcache.protocol.MachineName.MACHINE;
import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.NAPI;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.NODE_1;
import static headcache.semantics.StepBench.NO_COMPLETIONS;
import static headcache.semantics.StepBench.fragsFrame;
import static headcache.semantics.StepBench.frame;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.HeldUnit;
import headcache.protocol.MachineMessage;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import org.junit.jupiter.api.Test;

/** A drain gives back everything that a CPU has, online or not, and is answered when the slabs have it. */
class DrainTest {
    private static final Frame[] NO_FRAMES = {};

    private final StepBench bench = StepBench.cpus(2);

    private static String drained(CpuId cpu) {
        return new MachineMessage.Drained(cpu).toString();
    }

    private void drain(CpuId cpu) {
        bench.send(cpu, new CpuMessage.Drain(MACHINE));
        bench.settle();
    }

    @Test
    void shouldGiveBackTheCache() {
        bench.park(3);

        bench.send(CPU, new CpuMessage.Drain(MACHINE));

        assertThat(bench.inFlight()).containsExactly("cpu-0 to node-0: BulkFree n0/0,n0/1,n0/2 ack");
        assertThat(bench.answers()).isEmpty();
        bench.settle();
        assertThat(bench.answers()).containsExactly(drained(CPU));
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
        assertThat(bench.report(CPU).parked()).isZero();
    }

    @Test
    void shouldWaitForTheHeadsOfAllNodes() {
        final StepBench two = StepBench.cpuPerNode(2);
        two.runOn(CPU_1, Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1));
        two.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 2));
        two.send(CPU, new CpuMessage.Poll(MACHINE, NAPI, new Skb[] {two.take(0)}, NO_FRAMES));
        two.forget();

        two.send(CPU, new CpuMessage.Drain(MACHINE));

        assertThat(two.inFlight()).hasSize(2);
        two.deliver(CPU, NODE);
        two.deliver(NODE, CPU);
        assertThat(two.answers()).isEmpty();
        two.deliver(CPU, NODE_1);
        two.deliver(NODE_1, CPU);
        assertThat(two.answers()).containsExactly(drained(CPU));
    }

    @Test
    void shouldFreeNapiSkbAndHeldUnits() {
        bench.poll(NO_COMPLETIONS, frame(Verdict.HOLD, 1), fragsFrame(Verdict.MERGE_REUSE, 1));
        final Skb[] held = bench.skbs(2);
        bench.send(CPU, new CpuMessage.Adopt(NAPI, null, new HeldUnit[] {
            new HeldUnit(1, held[0], CPU_1, 0), new HeldUnit(2, held[1], null, 0)
        }));
        bench.forget();

        drain(CPU);

        assertThat(bench.heads(CPU))
                .startsWith("DATA_DROPPED n0/14", "DIED n0/14 kfree_skb", "SINGLE_FREE n0/14")
                .filteredOn(line -> line.startsWith("SINGLE_FREE"))
                .hasSize(3);
        assertThat(bench.answers()).containsExactly(drained(CPU));
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
    }

    @Test
    void shouldEmptyTheCompletionQueue() {
        final Skb[] skbs = bench.skbs(2);
        bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 0));
        bench.send(CPU, new CpuMessage.Drain(MACHINE));
        bench.send(CPU, new CpuMessage.HardInterrupt(skbs[0]));
        bench.send(CPU, new CpuMessage.HardInterrupt(skbs[1]));

        bench.settle();

        assertThat(bench.heads(CPU))
                .filteredOn(line -> !line.startsWith("D"))
                .endsWith("PUT n0/0 1", "PUT n0/1 2", "FLUSH n0/0-1 slots 0-1");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(1);
    }

    @Test
    void shouldGiveBackWhatAnOfflineCpuKept() {
        bench.park(3);
        bench.send(CPU, new CpuMessage.Offline(MACHINE, OfflinePolicy.PARK, CPU_1));
        bench.forget();

        drain(CPU);

        assertThat(bench.answers()).containsExactly(drained(CPU));
        assertThat(bench.inFlight()).isEmpty();
        assertThat(bench.cpu(CPU).isOnline()).isFalse();
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
    }

    @Test
    void shouldBeAnsweredAtOnceIfThereIsNothing() {
        bench.send(CPU, new CpuMessage.Drain(MACHINE));

        assertThat(bench.answers()).containsExactly(drained(CPU));
    }

    @Test
    void shouldLeaveTheCpuAtWork() {
        bench.park(3);
        drain(CPU);

        assertThat(bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0))).contains("REFILL_ASKED 16");
    }
}
