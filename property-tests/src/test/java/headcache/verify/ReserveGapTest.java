package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.policy.Series;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** M29 is no bug of this machine: the kernel's cache does not ask where a head comes from, and neither does this one. */
class ReserveGapTest {
    private static final CpuId CPU = new CpuId(0);

    /** One page, which is of the reserve, with one head. */
    private static final SlabConfig RESERVE_ONLY = new SlabConfig(1, 0, 0, 1);

    private static final Op ORDINARY = Op.allocate(WayIn.NAPI_BUILD_SKB, 0);
    private static final Op ENTITLED =
            new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 0, AllocFlag.RX.bit(), Op.ANY_NODE, false);

    /** The check that the series' mail names and rejects would close the gap. */
    @Test
    void whereTheCheckIsMadeAHeadOfTheReserveGoesBackToIt() {
        final CpuPolicy checking = Series.BESIDE.get(Series.BESIDE.size() - 1).policy();
        final Probe probe =
                new Probe(MachineConfig.of(Topology.even(1, 1)).with(checking).withHeads(RESERVE_ONLY));
        final Skb first =
                Objects.requireNonNull(probe.call(CPU, new Skb[1], ENTITLED).slots()[0]);
        assertThat(first.reserve()).isTrue();

        final Probe.Effect end = probe.call(CPU, new Skb[] {first}, Op.release(WayOut.NAPI_CONSUME_SKB, 0));

        assertThat(end.head(EventKind.SINGLE_FREE)).isEqualTo(first.head());
        assertThat(end.has(EventKind.PUT)).isFalse();
        assertThat(probe.call(CPU, new Skb[1], ORDINARY).slots()).containsOnlyNulls();
        assertThat(probe.run().network().slab(NodeId.of(0)).slab(SlabKind.HEAD).reservePages())
                .isZero();
    }

    @Test
    void aHeadOfTheReserveServesAnOrdinaryRequestOnceItHasBeenParked() {
        final Probe probe = new Probe(MachineConfig.of(Topology.even(1, 1)).withHeads(RESERVE_ONLY));
        assertThat(probe.call(CPU, new Skb[1], ORDINARY).slots()).containsOnlyNulls();

        final Skb first =
                Objects.requireNonNull(probe.call(CPU, new Skb[1], ENTITLED).slots()[0]);
        probe.call(CPU, new Skb[] {first}, Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        final Skb second =
                Objects.requireNonNull(probe.call(CPU, new Skb[1], ORDINARY).slots()[0]);

        assertThat(second.head()).isEqualTo(first.head());
        assertThat(probe.run().network().slab(NodeId.of(0)).slab(SlabKind.HEAD).reservePages())
                .isEqualTo(1);
    }
}
