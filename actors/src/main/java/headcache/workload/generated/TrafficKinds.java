package headcache.workload.generated;

import headcache.protocol.AllocFlag;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.workload.OpKinds;
import java.util.stream.IntStream;

/** The numbers of the operations that traffic is made of. */
final class TrafficKinds {
    private static final int NAPI_RX = AllocFlag.NAPI.bit() | AllocFlag.RX.bit();

    final OpKinds all = new OpKinds();

    final int build = all.in(WayIn.NAPI_BUILD_SKB);
    final int small = all.in(WayIn.NAPI_ALLOC_SKB_FRAG);
    final int plain = all.in(WayIn.ALLOC_SKB);
    final int pair = all.in(WayIn.ALLOC_SKB_FCLONE);

    final int stolen = all.out(WayOut.GRO_STOLEN_HEAD);
    final int listed = all.out(WayOut.GRO_LIST_MEMBER);
    final int consume = all.out(WayOut.NAPI_CONSUME_SKB);
    final int kfree = all.out(WayOut.KFREE_SKB);
    final int handBack = all.out(WayOut.HAND_BACK);

    final int route = all.of(new Op.Attach(0, Held.DST));
    final int track = all.of(new Op.Attach(0, Held.CONNTRACK));
    final int own = all.of(new Op.Attach(0, Held.SOCKET));

    /** {@code skb_clone} of what is a pair. */
    final int companion = all.of(new Op.Clone(0, Op.NO_SLOT));

    final int reused = all.out(WayOut.GRO_FRAGS_REUSE);

    final int pollEnd = all.of(new Op.PollEnd());

    /** By number of skbs, from 1 on: how so many are built at once. */
    private final int[] bulk = IntStream.rangeClosed(1, CpumapGro.BATCH)
            .map(skbs -> all.of(Op.BuildBulk.of(skbs)))
            .toArray();

    /** Of each of {@code skbs} skbs, 1 to {@link CpumapGro#BATCH}, that are built at once. */
    int bulk(int skbs) {
        return bulk[skbs - 1];
    }

    /** {@code __alloc_skb} from NAPI context that asks for {@code node}. */
    int onNode(int node) {
        return all.of(new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 0, NAPI_RX, node, false));
    }
}
