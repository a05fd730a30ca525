package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.NODE_1;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuReport;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import org.junit.jupiter.api.Test;

/** What a full cache gives back, to whom, and how long the softirq waits for it. */
class SpillTest {
    private static final Op GET = Op.allocate(WayIn.NAPI_BUILD_SKB, 0);
    private static final Op PUT = Op.release(WayOut.NAPI_CONSUME_SKB, 0);

    private static StepBench twoNodes(CachePolicy cache, boolean acknowledged, SlabConfig heads) {
        return new StepBench(MachineConfig.of(Topology.even(2, 2))
                .with(new CpuPolicy(cache, Kernel.LINUX_5_12, acknowledged, 1000))
                .withHeads(heads));
    }

    @Test
    void shouldFreeTheNewest32AndKeepTheOldest32() {
        final StepBench bench = StepBench.oneCpu();
        bench.park(63);

        assertThat(bench.run(Op.allocate(WayIn.BUILD_SKB, 0), PUT))
                .endsWith("PUT n0/63 64", "SPILL n0/32-63 slots 32-63");
        assertThat(bench.cpu(CPU).heads().count()).isEqualTo(32);
        assertThat(bench.run(GET)).startsWith("GET n0/31 31");
        assertThat(bench.report(CPU).spills()).isEqualTo(1);
        assertThat(bench.report(CPU).spilled()).isEqualTo(32);
    }

    /** Slots 0 and 2 of four get heads of node 1, slots 1 and 3 of node 0. */
    private static void parkOfBothNodes(StepBench bench, int heads) {
        for (int i = 0; i < heads; i++) {
            bench.runOn(i % 2 == 0 ? CPU_1 : CPU, Op.allocate(WayIn.BUILD_SKB, i));
        }
        for (int i = 0; i < heads - 1; i++) {
            bench.run(Op.release(WayOut.NAPI_CONSUME_SKB, i));
        }
        bench.forget();
    }

    @Test
    void shouldSendHeadsOfTwoNodesHomeInOneContactAndWaitForBoth() {
        final StepBench bench = twoNodes(new CachePolicy(4, 2, 4, SpillEnd.NEWEST), true, SlabConfig.LARGEST);
        parkOfBothNodes(bench, 4);
        final CpuReport before = bench.report(CPU);

        bench.start(CPU, Op.release(WayOut.NAPI_CONSUME_SKB, 3));

        assertThat(bench.heads(CPU))
                .containsExactly(
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 napi_consume_skb",
                        "PUT n0/1 4",
                        "SPILL n1/0 slot 0",
                        "SPILL n0/0 slot 1",
                        "SPILL n1/1 slot 2",
                        "SPILL n0/1 slot 3");
        assertThat(bench.inFlight())
                .containsExactly("cpu-0 to node-1: BulkFree n1/0,n1/1 ack", "cpu-0 to node-0: BulkFree n0/0,n0/1 ack");
        bench.deliver(CPU, NODE);
        bench.deliver(NODE, CPU);
        assertThat(bench.cpu(CPU).isSuspended()).isTrue();
        assertThat(bench.answers()).isEmpty();
        bench.deliver(CPU, NODE_1);
        bench.deliver(NODE_1, CPU);
        assertThat(bench.answers()).containsExactly("BatchDone by cpu-0 failed 0 cancelled 0");

        final CpuReport after = bench.report(CPU);
        assertThat(after.contacts() - before.contacts()).isEqualTo(1);
        assertThat(after.slabMessages() - before.slabMessages()).isEqualTo(2);
        assertThat(after.suspensions() - before.suspensions()).isEqualTo(1);
        assertThat(bench.out(NODE, SlabKind.HEAD) + bench.out(NODE_1, SlabKind.HEAD))
                .isZero();
    }

    @Test
    void shouldGoOnAtOnceIfSpillsAreNotAcknowledged() {
        final StepBench bench = twoNodes(new CachePolicy(4, 2, 4, SpillEnd.NEWEST), false, SlabConfig.LARGEST);
        parkOfBothNodes(bench, 4);

        bench.start(CPU, Op.release(WayOut.NAPI_CONSUME_SKB, 3));

        assertThat(bench.inFlight())
                .containsExactly("cpu-0 to node-1: BulkFree n1/0,n1/1", "cpu-0 to node-0: BulkFree n0/0,n0/1");
        assertThat(bench.answers()).containsExactly("BatchDone by cpu-0 failed 0 cancelled 0");
        bench.settle();
        assertThat(bench.out(NODE, SlabKind.HEAD) + bench.out(NODE_1, SlabKind.HEAD))
                .isZero();
    }

    /**
     * Each node has two heads. CPU 0 spills all four and asks for two: its own node is full again of what
     * came home, or not yet; the other node's heads may still be on their way when the request gets there.
     */
    @Test
    void shouldFailARefillWhileHeadsAreOnTheirWayHomeIfSpillsAreNotAcknowledged() {
        final StepBench bench = twoNodes(new CachePolicy(4, 3, 4, SpillEnd.NEWEST), false, new SlabConfig(1, 0, 2, 0));
        parkOfBothNodes(bench, 4);

        bench.start(CPU, Op.release(WayOut.NAPI_CONSUME_SKB, 3), GET);
        bench.deliver(CPU, NODE); // the spill of n0/0, n0/1
        bench.deliver(CPU, NODE); // the refill: two of three are here
        bench.walk(); // the rest of it is asked of node 1 before the spill of n1/0, n1/1 gets there
        assertThat(bench.inFlight())
                .containsExactly("cpu-0 to node-1: BulkFree n1/0,n1/1", "node-1 to cpu-0: BulkAllocated ");
        bench.finish();

        assertThat(bench.heads(CPU)).endsWith("REFILL_ASKED 3", "REFILL_FAILED", "GET_FAILED");
        assertThat(bench.out(NODE, SlabKind.HEAD) + bench.out(NODE_1, SlabKind.HEAD))
                .isZero();
        assertThat(bench.run(GET)).contains("REFILL_ASKED 3").endsWith("DATA_TAKEN n1/0");
    }

    /** The same operations with acknowledgements: the request cannot overtake the heads. */
    @Test
    void shouldNotFailThatRefillIfSpillsAreAcknowledged() {
        final StepBench bench = twoNodes(new CachePolicy(4, 3, 4, SpillEnd.NEWEST), true, new SlabConfig(1, 0, 2, 0));
        parkOfBothNodes(bench, 4);

        bench.start(CPU, Op.release(WayOut.NAPI_CONSUME_SKB, 3), GET);
        bench.deliver(CPU, NODE);
        bench.deliver(NODE, CPU);
        assertThat(bench.inFlight()).containsExactly("cpu-0 to node-1: BulkFree n1/0,n1/1 ack");
        bench.finish();

        assertThat(bench.report(CPU).failedRefills()).isZero();
        assertThat(bench.isEmpty(0)).isFalse();
    }
}
