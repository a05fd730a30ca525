package headcache.workload;

import headcache.cache.CachePolicy;
import headcache.machine.Topology;
import headcache.protocol.AllocFlag;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.BitSet;

/**
 * What head caches that only count would do if a workload were done one operation after the other. Gets, puts,
 * refills and spills of a CPU depend on the order of its own operations alone, so any run must agree with it
 * unless memory is short.
 */
final class CountingCaches {
    private final Topology topology;
    private final CachePolicy policy;
    /** Skbs that are part of a pair, which no cache takes. */
    private final BitSet twins = new BitSet();

    final long[] gets;
    final long[] puts;
    final long[] refills;
    final long[] spills;
    final int[] parked;

    CountingCaches(Workload workload, CachePolicy policy, int repeat) {
        this.topology = workload.topology();
        this.policy = policy;
        final int cpus = topology.cpus();
        gets = new long[cpus];
        puts = new long[cpus];
        refills = new long[cpus];
        spills = new long[cpus];
        parked = new int[cpus];
        for (int i = 0; i < repeat; i++) {
            play(workload);
        }
    }

    private void play(Workload workload) {
        final OpBuffer buffer = new OpBuffer();
        final OpStream stream = workload.open();
        while (stream.read(buffer)) {
            for (int i = 0; i < buffer.size(); i++) {
                final Op op = workload.kinds().get(buffer.kind(i));
                final int cpu = Context.cpu(buffer.queue(i));
                if (op instanceof Op.Allocate allocate) {
                    twins.set(buffer.skb(i), allocate.way() == WayIn.ALLOC_SKB_FCLONE);
                    if (isCached(allocate, cpu)) {
                        get(cpu);
                    }
                } else if (op instanceof Op.BuildBulk) {
                    twins.clear(buffer.skb(i));
                    get(cpu);
                } else if (op instanceof Op.Clone) {
                    twins.set(buffer.other(i), twins.get(buffer.skb(i)));
                } else if (op instanceof Op.Release release
                        && Context.of(buffer.queue(i)) == Context.SOFTIRQ
                        && isPut(release.way())
                        && !twins.get(buffer.skb(i))) {
                    put(cpu);
                }
            }
            buffer.clear();
        }
    }

    private boolean isCached(Op.Allocate op, int cpu) {
        return switch (op.way()) {
            case NAPI_BUILD_SKB, NAPI_ALLOC_SKB_FRAG, NAPI_ALLOC_SKB_KMALLOC, NAPI_GET_FRAGS -> true;
            case ALLOC_SKB_FLAGS ->
                AllocFlag.NAPI.in(op.flags())
                        && (op.node() == Op.ANY_NODE
                                || op.node() == topology.memoryNode(cpu).index());
            default -> false;
        };
    }

    private static boolean isPut(WayOut way) {
        return way == WayOut.NAPI_CONSUME_SKB || way == WayOut.GRO_STOLEN_HEAD || way == WayOut.HAND_BACK;
    }

    private void get(int cpu) {
        gets[cpu]++;
        if (parked[cpu] == 0) {
            refills[cpu]++;
            parked[cpu] = policy.refill();
        }
        parked[cpu]--;
    }

    private void put(int cpu) {
        puts[cpu]++;
        if (++parked[cpu] == policy.capacity()) {
            spills[cpu]++;
            parked[cpu] -= policy.spill();
        }
    }
}
