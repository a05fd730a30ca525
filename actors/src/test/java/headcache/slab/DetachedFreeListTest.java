package headcache.slab;

import static headcache.slab.NodeSlabTest.fresh;
import static headcache.slab.NodeSlabTest.heads;
import static headcache.slab.NodeSlabTest.partial;
import static headcache.slab.NodeSlabTest.slab;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counts worked out by hand with the scan that {@link DetachedFreeList} describes. Pages have 32 heads: 0 to 31 are page A. */
final class DetachedFreeListTest {
    private static final int A = 0;
    private static final int B = 32;
    private static final int C = 64;
    private static final int D = 96;

    private final NodeSlab slab = slab(32, 9, 4, 0);

    DetachedFreeListTest() {
        fresh(slab, 4 * 32);
    }

    @Test
    void nothingCostsNothing() {
        assertThat(slab.bulkFree(heads())).isZero();
        assertThat(slab.freeHeads()).isZero();
    }

    @Test
    void oneHeadCostsOneOperation() {
        assertThat(slab.bulkFree(heads(A + 7))).isEqualTo(1);
        assertThat(partial(slab, 2)).containsExactly(A + 7);
    }

    @Test
    void thirtyTwoHeadsOfOnePageCostOneOperation() {
        assertThat(slab.bulkFree(IntStream.range(A, A + 32).toArray())).isEqualTo(1);
        assertThat(slab.freeHeads()).isEqualTo(32);
    }

    @Test
    void aChainGoesOutInArrayOrderBeforeWhatWasFree() {
        slab.free(A + 9);
        assertThat(slab.bulkFree(heads(A + 3, A + 1, A + 2))).isEqualTo(1);
        assertThat(partial(slab, 5)).containsExactly(A + 3, A + 1, A + 2, A + 9);
    }

    @Test
    void thirtyTwoHeadsThatAlternateBetweenTwoPagesCostEight() {
        final int[] alternating =
                IntStream.range(0, 32).map(i -> (i % 2 == 0 ? A : B) + i / 2).toArray();
        assertThat(slab.bulkFree(alternating)).isEqualTo(8);
        assertThat(slab.freeHeads()).isEqualTo(32);
    }

    @Test
    void fourPagesInTurnCostOneOperationForEachHead() {
        final int[] inTurn =
                IntStream.range(0, 32).map(i -> 32 * (i % 4) + i / 4).toArray();
        assertThat(slab.bulkFree(inTurn)).isEqualTo(32);
    }

    @Test
    void threePagesInTurnAreBridged() {
        assertThat(slab.bulkFree(heads(A, B, C, A + 1, B + 1, C + 1))).isEqualTo(3);
    }

    @Test
    void twoForeignHeadsAreLookedPast() {
        assertThat(slab.bulkFree(heads(A, B, C, A + 1))).isEqualTo(3);
    }

    @Test
    void theThirdForeignHeadEndsTheScan() {
        assertThat(slab.bulkFree(heads(A, B, C, D, A + 1))).isEqualTo(5);
    }

    @Test
    void foreignHeadsNeedNotStandTogether() {
        assertThat(slab.bulkFree(heads(A, B, A + 1, B + 1, A + 2, B + 2, A + 3)))
                .isEqualTo(3);
        assertThat(partial(slab, 7)).containsExactly(A, A + 1, A + 2, A + 3, B, B + 1, B + 2);
    }

    @Test
    void headsThatAreDoneAreNotForeign() {
        // The second scan begins at B + 2 and must pass A + 1, A + 2 and A + 3, done by then, to reach B.
        assertThat(slab.bulkFree(heads(B, A + 1, B + 1, A + 2, B + 2, A + 3))).isEqualTo(2);
    }

    @Test
    void pagesJoinThePartialListInTheOrderOfTheirChains() {
        assertThat(slab.bulkFree(heads(C, B, A))).isEqualTo(3);
        assertThat(partial(slab, 3)).containsExactly(A, B, C);
    }

    @Test
    void theArrayIsLeftAsItIs() {
        final int[] given = heads(A, B, A + 1);
        slab.bulkFree(given);
        assertThat(given).containsExactly(A, B, A + 1);
    }

    @Test
    void aShortBulkFreeAfterALongOneFreesItsOwnHeadsOnly() {
        slab.bulkFree(heads(A, A + 1, A + 2));
        slab.bulkFree(heads(B));
        assertThat(slab.freeHeads()).isEqualTo(4);
    }
}
