package headcache.middle;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.protocol.DepotId;
import headcache.protocol.NodeId;
import headcache.skb.CodePath;
import headcache.skb.Kernel;

/**
 * Sheaves with a barn on each memory node, as in the slab allocator of Linux since 6.18: {@code mm/slub.c}, Vlastimil
 * Babka's "SLUB percpu sheaves", here in the place of the head cache and on its code paths.
 *
 * <p>Each CPU has two sheaves, <i>main</i> and <i>spare</i>. It takes from main and gives to it; when main is empty, or
 * full, it exchanges the two if that helps. Otherwise it trades an empty sheaf for a full one of the barn of its memory
 * node, and where that has none, has a whole sheaf filled by the slab; or it trades a full one for an empty one, and
 * where the barn has as many full ones as it may, gives back the spare one's heads to their slabs. A head of another
 * memory node, or of the emergency reserve, is never put: it goes to its slab by itself. So heads here are mostly local; a
 * refill may still bring others.
 *
 * <p>The spare sheaf is always either empty or full, so the two are one stack of twice the heads. One thing is other
 * than in the kernel, which trades main while there is room and gives back spare when there is none: heads travel with
 * the question here, so that it is always the spare, which is the older.
 *
 * @param heads heads in a full sheaf, 1 to {@value Magazines#ROUNDS_LIMIT}; the kernel has 28 for heads of 256 bytes
 * @param full full sheaves that a barn has at most, 0 or more; {@code MAX_FULL_SHEAVES}
 * @param empty empty sheaves that a barn keeps at most, 0 or more; {@code MAX_EMPTY_SHEAVES}
 */
public record Sheaves(int heads, int full, int empty) implements Depots {
    /** The kernel's sheaves for objects of 256 bytes to 1 KiB, and its barns. */
    public static final Sheaves LINUX_7_0 = new Sheaves(28, 10, 10);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    public Sheaves {
        if (heads < 1 || heads > Magazines.ROUNDS_LIMIT) {
            throw new IllegalArgumentException(
                    "impossible sheaves: heads=" + heads + " must be 1 to " + Magazines.ROUNDS_LIMIT);
        }
        if (full < 0 || empty < 0) {
            throw new IllegalArgumentException(
                    "impossible barn: full=" + full + ", empty=" + empty + " must both be 0 or more");
        }
    }

    /** A CPU's two sheaves as one array; one slot more than heads at rest, as for {@link Magazines#cache}. */
    @Override
    public CachePolicy cache() {
        return new CachePolicy(2 * heads + 1, heads, heads, SpillEnd.OLDEST);
    }

    @Override
    public Kernel kernel() {
        return Kernel.LINUX_5_12.with(CodePath.LOOK_AT_PAGE);
    }

    @Override
    public int rounds() {
        return heads;
    }

    /** Each memory node has its barn, of the same number. */
    @Override
    public DepotId depotOf(NodeId memoryNode) {
        return new DepotId(memoryNode.index());
    }

    @Override
    public boolean mayRefuse() {
        return true;
    }
}
