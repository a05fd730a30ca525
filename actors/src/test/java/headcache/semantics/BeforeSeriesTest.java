package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel before the series: an array that only collects frees, and gets that go to the slab one by one. */
class BeforeSeriesTest {
    private final StepBench bench = StepBench.oneCpu(CpuPolicy.LINUX_5_11);

    @ParameterizedTest
    @CsvSource({
        "NAPI_BUILD_SKB,         ''",
        "NAPI_ALLOC_SKB_FRAG,    ''",
        "NAPI_ALLOC_SKB_KMALLOC, ' entitled'",
        "NAPI_GET_FRAGS,         ' entitled'",
    })
    void shouldAllocateSingly(WayIn way, String entitled) {
        bench.start(CPU, Op.allocate(way, 0));

        assertThat(bench.inFlight()).containsExactly("cpu-0 to node-0: SingleAlloc HEAD any" + entitled);
    }

    @Test
    void shouldNotServeAGetWithWhatAPutCollected() {
        assertThat(bench.run(
                        Op.allocate(WayIn.NAPI_BUILD_SKB, 0),
                        Op.release(WayOut.NAPI_CONSUME_SKB, 0),
                        Op.allocate(WayIn.NAPI_BUILD_SKB, 0)))
                .containsExactly(
                        "SINGLE_ALLOC n0/0 any",
                        "BORN n0/0 napi_build_skb",
                        "DATA_TAKEN n0/0",
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 napi_consume_skb",
                        "PUT n0/0 1",
                        "SINGLE_ALLOC n0/1 any",
                        "BORN n0/1 napi_build_skb",
                        "DATA_TAKEN n0/1");
        assertThat(bench.report(CPU).gets()).isZero();
    }

    @Test
    void shouldGiveAllOfAFullArrayBack() {
        final List<Op> ops = new ArrayList<>();
        for (int slot = 0; slot < 64; slot++) {
            ops.add(Op.allocate(WayIn.BUILD_SKB, slot));
        }
        for (int slot = 0; slot < 64; slot++) {
            ops.add(Op.release(WayOut.NAPI_CONSUME_SKB, slot));
        }

        assertThat(bench.run(ops.toArray(new Op[0]))).endsWith("PUT n0/63 64", "SPILL n0/0-63 slots 0-63");
        assertThat(bench.cpu(CPU).heads().count()).isZero();
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
    }

    @Test
    void shouldFlushWhatIsLeftWhenThePollFunctionReturns() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1));

        assertThat(bench.run(
                        Op.release(WayOut.NAPI_CONSUME_SKB, 0),
                        Op.release(WayOut.NAPI_CONSUME_SKB, 1),
                        new Op.PollEnd()))
                .endsWith("PUT n0/1 2", "FLUSH n0/0-1 slots 0-1");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"GRO_STOLEN_HEAD", "GRO_MERGED_FREE"})
    void shouldFreeMergedFramesSingly(WayOut way) {
        bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0));

        assertThat(bench.run(Op.release(way, 0))).endsWith("DIED n0/0 " + way.kernelName(), "SINGLE_FREE n0/0");
        assertThat(bench.report(CPU).puts()).isZero();
    }
}
