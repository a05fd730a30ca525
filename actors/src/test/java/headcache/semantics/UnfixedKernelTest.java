package headcache.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.step.HeadMisuse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** v5.12 as it was released shows both bugs that were fixed later; the reference shows neither. */
class UnfixedKernelTest {

    private static StepBench bench(Kernel kernel) {
        return StepBench.oneCpu(new CpuPolicy(CachePolicy.LINUX_5_12, kernel, true, 1000));
    }

    @ParameterizedTest
    @CsvSource({"GRO_STOLEN_HEAD", "GRO_MERGED_FREE"})
    void shouldPutATwinIntoTheCache(WayOut way) {
        final StepBench unfixed = bench(Kernel.LINUX_5_12_UNFIXED);
        unfixed.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0));

        assertThatThrownBy(() -> unfixed.run(Op.release(way, 0)))
                .isInstanceOfSatisfying(
                        HeadMisuse.class, misuse -> assertThat(misuse.rule()).isEqualTo(HeadMisuse.Rule.WRONG_SLAB))
                .hasMessageStartingWith("WRONG_SLAB: head=n0/f0 at=cpu-0: put, but it is no head of the slab of plain");
    }

    private static List<String> releasedBy(Kernel kernel, WayOut way) {
        final StepBench bench = bench(kernel);
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0));
        for (final Held what : Held.values()) {
            bench.run(new Op.Attach(0, what));
        }
        return bench.run(Op.release(way, 0)).stream()
                .filter(line -> line.startsWith("UNHOLD"))
                .toList();
    }

    @Test
    void shouldLeakTheConnectionTrackingReferenceOfAStolenHead() {
        assertThat(releasedBy(Kernel.LINUX_5_12_UNFIXED, WayOut.GRO_STOLEN_HEAD))
                .containsExactly("UNHOLD n0/0 DST", "UNHOLD n0/0 EXTENSIONS");
        assertThat(releasedBy(Kernel.LINUX_5_12, WayOut.GRO_STOLEN_HEAD))
                .containsExactlyInAnyOrder(
                        "UNHOLD n0/0 DST", "UNHOLD n0/0 EXTENSIONS", "UNHOLD n0/0 CONNTRACK", "UNHOLD n0/0 SOCKET");
    }

    @Test
    void shouldLeaveTheConnectionTrackingReferenceOnAnSkbThatIsUsedAgain() {
        assertThat(releasedBy(Kernel.LINUX_5_12_UNFIXED, WayOut.GRO_FRAGS_REUSE))
                .containsExactlyInAnyOrder("UNHOLD n0/0 DST", "UNHOLD n0/0 EXTENSIONS", "UNHOLD n0/0 SOCKET");
        assertThat(releasedBy(Kernel.LINUX_5_12, WayOut.GRO_FRAGS_REUSE)).hasSize(4);
    }

    @Test
    void shouldCarryThatReferenceIntoTheNextFrame() {
        final StepBench unfixed = bench(Kernel.LINUX_5_12_UNFIXED);
        unfixed.run(Op.allocate(WayIn.NAPI_GET_FRAGS, 0), new Op.Attach(0, Held.CONNTRACK));
        unfixed.run(Op.release(WayOut.GRO_FRAGS_REUSE, 0));

        assertThat(unfixed.skb(0).isHolding(Held.CONNTRACK)).isTrue();
    }
}
