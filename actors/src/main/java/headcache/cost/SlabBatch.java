package headcache.cost;

import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.slab.NodeSlab;
import headcache.slab.SlabConfig;
import java.util.Arrays;

/**
 * What it takes to allocate heads and to free them again, over and over, on a slab of its own: the loop of the
 * published microbenchmark ({@code slab_bulk_test01}), counted.
 *
 * @param heads how many each time
 * @param pages pages that they lie on
 * @param own heads on the page that was taken from last, which is the CPU's own: to free one needs no locked operation
 * @param chains detached free lists that a bulk free makes of them
 */
record SlabBatch(int heads, int pages, int own, int chains) {
    private static final int PER_PAGE = SlabConfig.LARGEST.headsPerPage();

    /** Rounds until pages go round in the same order for ever. */
    private static final int ROUNDS = 50;

    private static final int PREPARED = 64;

    /** On a slab that nobody else uses. */
    static SlabBatch alone(int heads) {
        return counted(slab(), heads);
    }

    /** On a slab of whose pages others hold {@code held} heads each for ever. */
    static SlabBatch shared(int heads, int held) {
        final NodeSlab slab = slab();
        final int[] all = new int[PREPARED * PER_PAGE];
        slab.takeNew(all, 0, all.length);
        for (int i = 0; i < all.length; i++) {
            if (i % PER_PAGE >= held) {
                slab.free(all[i]);
            }
        }
        return counted(slab, heads);
    }

    private static NodeSlab slab() {
        return new NodeSlab(NodeId.of(0), SlabKind.HEAD, SlabConfig.LARGEST);
    }

    private static SlabBatch counted(NodeSlab slab, int count) {
        final int[] heads = new int[count];
        int chains = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final int taken = slab.takePartial(heads, 0, count, false);
            slab.takeNew(heads, taken, count - taken);
            chains = slab.bulkFree(heads);
        }
        final int last = page(heads[count - 1]);
        return new SlabBatch(
                count,
                (int) Arrays.stream(heads).map(SlabBatch::page).distinct().count(),
                (int) Arrays.stream(heads).filter(head -> page(head) == last).count(),
                chains);
    }

    private static int page(int head) {
        return Head.index(head) / PER_PAGE;
    }

    /** Heads on other pages than the CPU's own. */
    int foreign() {
        return heads - own;
    }
}
