package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.AllocFlag;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code __alloc_skb}: every combination of flags and node, and what it asks the slab for. A cache that
 * is empty asks for 16, so {@code BulkAlloc 16} says that the cache serves it.
 */
class AllocSkbTest {
    private static final int OTHER = 0;
    private static final int OWN_MEMORY = 1;
    private static final int MEMORYLESS = 2;

    /** CPU 0 is on node 2, which has no memory; its memory node is 1. */
    private static final Topology MACHINE = new Topology(List.of(MEMORYLESS), List.of(true, true, false));

    private static Op allocate(String flags, int node) {
        final int bits = flags.equals("-")
                ? 0
                : Arrays.stream(flags.split(" "))
                        .mapToInt(flag -> AllocFlag.valueOf(flag).bit())
                        .sum();
        return new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 0, bits, node, false);
    }

    private static String asked(CpuPolicy policy, String flags, int node) {
        final StepBench bench = new StepBench(MachineConfig.of(MACHINE).with(policy));
        bench.start(CPU, allocate(flags, node));
        assertThat(bench.inFlight()).hasSize(1);
        return bench.inFlight().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -              | HEAD any            | HEAD here
            RX             | HEAD any entitled   | HEAD here entitled
            FCLONE         | FCLONE any          | FCLONE here
            FCLONE RX      | FCLONE any entitled | FCLONE here entitled
            NAPI FCLONE    | FCLONE any          | FCLONE here
            NAPI FCLONE RX | FCLONE any entitled | FCLONE here entitled
            """)
    void shouldAskTheSlabOfTheNodeWithoutTheNapiFlagOrWithTheFcloneFlag(String flags, String any, String here) {
        assertThat(List.of(
                        asked(CpuPolicy.LINUX_5_12, flags, Op.ANY_NODE),
                        asked(CpuPolicy.LINUX_5_12, flags, OWN_MEMORY),
                        asked(CpuPolicy.LINUX_5_12, flags, OTHER),
                        asked(CpuPolicy.LINUX_5_12, flags, MEMORYLESS)))
                .containsExactly(
                        "cpu-0 to node-1: SingleAlloc " + any,
                        "cpu-0 to node-1: SingleAlloc " + here,
                        "cpu-0 to node-0: SingleAlloc " + here,
                        "cpu-0 to node-2: SingleAlloc " + here);
    }

    /** The refill is plain GFP_ATOMIC whatever the flags; only requests past the cache can be entitled. */
    @ParameterizedTest
    @CsvSource({"NAPI, ''", "NAPI RX, ' entitled'"})
    void shouldBeServedByTheCacheForAnyNodeAndTheOwnMemoryNodeOnly(String flags, String entitled) {
        assertThat(List.of(
                        asked(CpuPolicy.LINUX_5_12, flags, Op.ANY_NODE),
                        asked(CpuPolicy.LINUX_5_12, flags, OWN_MEMORY),
                        asked(CpuPolicy.LINUX_5_12, flags, OTHER),
                        asked(CpuPolicy.LINUX_5_12, flags, MEMORYLESS)))
                .containsExactly(
                        "cpu-0 to node-1: BulkAlloc 16",
                        "cpu-0 to node-1: BulkAlloc 16",
                        "cpu-0 to node-0: SingleAlloc HEAD here" + entitled,
                        "cpu-0 to node-2: SingleAlloc HEAD here" + entitled);
    }

    /** The array served no gets then, so the NAPI flag made no difference. */
    @ParameterizedTest
    @CsvSource({"NAPI, ''", "NAPI RX, ' entitled'"})
    void shouldAlwaysAskTheSlabOfTheNodeBeforeTheSeries(String flags, String entitled) {
        assertThat(List.of(
                        asked(CpuPolicy.LINUX_5_11, flags, Op.ANY_NODE),
                        asked(CpuPolicy.LINUX_5_11, flags, OWN_MEMORY),
                        asked(CpuPolicy.LINUX_5_11, flags, OTHER)))
                .containsExactly(
                        "cpu-0 to node-1: SingleAlloc HEAD any" + entitled,
                        "cpu-0 to node-1: SingleAlloc HEAD here" + entitled,
                        "cpu-0 to node-0: SingleAlloc HEAD here" + entitled);
    }

    /** The test is about the request: nobody looks at where a cached head lives. */
    @Test
    void shouldHandOutARemoteHeadForTheOwnMemoryNode() {
        final StepBench bench = StepBench.cpuPerNode(2);
        bench.runOn(StepBench.CPU_1, Op.allocate(WayIn.BUILD_SKB, 0));
        bench.run(Op.release(WayOut.NAPI_CONSUME_SKB, 0));

        assertThat(bench.run(allocate("NAPI", 0)))
                .containsExactly("GET n1/0 0", "BORN n1/0 __alloc_skb", "DATA_TAKEN n1/0");
        assertThat(bench.report(CPU).remoteGets()).isEqualTo(1);
        assertThat(bench.report(CPU).remotePuts()).isEqualTo(1);
    }
}
