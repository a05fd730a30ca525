package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in that need neither flags nor a node: which of them the cache serves, and what a failure leaves. */
class WaysInTest {
    private final StepBench bench = StepBench.oneCpu();

    private static Op dataFails(WayIn way) {
        return new Op.Allocate(way, 0, 0, Op.ANY_NODE, true);
    }

    @ParameterizedTest
    @CsvSource({
        "NAPI_BUILD_SKB,         napi_build_skb",
        "NAPI_ALLOC_SKB_FRAG,    napi_alloc_skb frag",
        "NAPI_ALLOC_SKB_KMALLOC, napi_alloc_skb kmalloc",
        "NAPI_GET_FRAGS,         napi_get_frags",
    })
    void shouldServeFromTheCache(WayIn way, String name) {
        bench.park(3);

        assertThat(bench.run(Op.allocate(way, 0)))
                .containsExactly("GET n0/2 2", "BORN n0/2 " + name, "DATA_TAKEN n0/2");
        assertThat(bench.report(CPU).slabMessages()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "BUILD_SKB,        build_skb",
        "NETDEV_ALLOC_SKB, netdev_alloc_skb",
        "ALLOC_SKB,        alloc_skb",
    })
    void shouldGoPastTheCache(WayIn way, String name) {
        bench.park(3);

        assertThat(bench.run(Op.allocate(way, 0)))
                .containsExactly("SINGLE_ALLOC n0/3 any", "BORN n0/3 " + name, "DATA_TAKEN n0/3");
        assertThat(bench.report(CPU).parked()).isEqualTo(3);
    }

    /** Only requests with the RX flag are entitled to the reserve; a head for a page fragment has no flags. */
    @ParameterizedTest
    @CsvSource({
        "BUILD_SKB,        HEAD",
        "NETDEV_ALLOC_SKB, HEAD",
        "ALLOC_SKB,        HEAD",
        "ALLOC_SKB_FCLONE, FCLONE",
    })
    void shouldNotBeEntitledToTheReserve(WayIn way, SlabKind kind) {
        bench.start(CPU, Op.allocate(way, 0));

        assertThat(bench.inFlight()).containsExactly("cpu-0 to node-0: SingleAlloc " + kind + " any");
    }

    @Test
    void shouldTakeAPairPastTheCache() {
        bench.park(3);

        assertThat(bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0)))
                .containsExactly("SINGLE_ALLOC n0/f0 any", "BORN n0/f0 alloc_skb_fclone", "DATA_TAKEN n0/f0");
        assertThat(bench.out(NODE, SlabKind.FCLONE)).isEqualTo(1);
    }

    @Test
    void shouldRefillOnEmptyAndPopTheHeadDeliveredLast() {
        assertThat(bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0)))
                .containsExactly(
                        "REFILL_ASKED 16",
                        "REFILL n0/0-15 slots 0-15",
                        "GET n0/15 15",
                        "BORN n0/15 napi_build_skb",
                        "DATA_TAKEN n0/15");
    }

    @ParameterizedTest
    @CsvSource({"NAPI_ALLOC_SKB_FRAG, napi_alloc_skb frag", "NETDEV_ALLOC_SKB, netdev_alloc_skb"})
    void shouldAskForNoHeadIfTheFragmentFails(WayIn way, String name) {
        assertThat(bench.run(dataFails(way))).containsExactly("DATA_FAILED " + name);
        assertThat(bench.answers(BatchDone.class))
                .singleElement()
                .extracting(BatchDone::failed)
                .isEqualTo(1);
        assertThat(bench.report(CPU).slabMessages()).isZero();
    }

    @Test
    void shouldFreeTheFragmentIfTheCacheHasNoHead() {
        final StepBench poor = StepBench.oneCpuWith(15);

        assertThat(poor.run(Op.allocate(WayIn.NAPI_ALLOC_SKB_FRAG, 0)))
                .containsExactly(
                        "REFILL_ASKED 16", "REFILL_FAILED", "GET_FAILED", "FRAGMENT_FREED napi_alloc_skb frag");
        assertThat(poor.isEmpty(0)).isTrue();
    }

    @Test
    void shouldFreeTheFragmentIfTheSlabHasNoHead() {
        final StepBench poor = StepBench.oneCpuWith(0);

        assertThat(poor.run(Op.allocate(WayIn.NETDEV_ALLOC_SKB, 0)))
                .containsExactly("SINGLE_ALLOC_FAILED any", "FRAGMENT_FREED netdev_alloc_skb");
    }

    @ParameterizedTest
    @CsvSource({
        "NAPI_ALLOC_SKB_KMALLOC, napi_alloc_skb kmalloc",
        "NAPI_GET_FRAGS,         napi_get_frags",
    })
    void shouldSendTheHeadSinglyToTheSlabIfItsDataFails(WayIn way, String name) {
        bench.park(3);

        assertThat(bench.run(dataFails(way)))
                .containsExactly("GET n0/2 2", "DATA_FAILED n0/2 " + name, "SINGLE_FREE n0/2");
        assertThat(bench.heads(NODE)).containsExactly("SLAB_IN n0/2 node-0");
        assertThat(bench.report(CPU).parked()).isEqualTo(2);
        assertThat(bench.isEmpty(0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ALLOC_SKB, n0/0, alloc_skb", "ALLOC_SKB_FCLONE, n0/f0, alloc_skb_fclone"})
    void shouldReturnAHeadToTheSlabItCameFromIfItsDataFails(WayIn way, String head, String name) {
        assertThat(bench.run(dataFails(way)))
                .containsExactly(
                        "SINGLE_ALLOC " + head + " any", "DATA_FAILED " + head + " " + name, "SINGLE_FREE " + head);
        assertThat(bench.heads(NODE)).containsExactly("SLAB_OUT " + head + " node-0", "SLAB_IN " + head + " node-0");
    }

    @ParameterizedTest
    @CsvSource({"NAPI_ALLOC_SKB_KMALLOC", "NAPI_BUILD_SKB", "NAPI_GET_FRAGS"})
    void shouldJustFailIfTheCacheHasNoHead(WayIn way) {
        final StepBench poor = StepBench.oneCpuWith(15);

        assertThat(poor.run(Op.allocate(way, 0))).containsExactly("REFILL_ASKED 16", "REFILL_FAILED", "GET_FAILED");
        assertThat(poor.answers(BatchDone.class))
                .singleElement()
                .extracting(BatchDone::failed)
                .isEqualTo(1);
    }
}
