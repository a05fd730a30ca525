package headcache.slab;

import static headcache.slab.NodeSlabTest.fresh;
import static headcache.slab.NodeSlabTest.heads;
import static headcache.slab.NodeSlabTest.slab;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.step.StateBytes;
import org.junit.jupiter.api.Test;

/** What of a slab is part of its state, and what a copy shares with its original: nothing. */
final class NodeSlabStateTest {

    @Test
    void theOrderInsideAPageIsPartOfTheState() {
        final NodeSlab one = slab(4, 5, 1, 0);
        fresh(one, 4);
        final NodeSlab two = one.copy();
        one.bulkFree(heads(0, 1));
        two.bulkFree(heads(1, 0));
        assertThat(encoded(one)).isNotEqualTo(encoded(two));
    }

    @Test
    void theOrderOfPartialPagesIsPartOfTheState() {
        final NodeSlab one = slab(2, 5, 2, 0);
        fresh(one, 4);
        final NodeSlab two = one.copy();
        one.bulkFree(heads(0, 2));
        two.bulkFree(heads(2, 0));
        assertThat(encoded(one)).isNotEqualTo(encoded(two));
    }

    @Test
    void theOrderInWhichNumbersAreUsedAgainIsPartOfTheState() {
        final NodeSlab one = slab(1, 0, 3, 0);
        fresh(one, 3);
        final NodeSlab two = one.copy();
        one.bulkFree(heads(0, 1));
        two.bulkFree(heads(1, 0));
        assertThat(encoded(one)).isNotEqualTo(encoded(two));
    }

    @Test
    void pagesGivenBackThatChangeNothingLaterLeaveNoTrace() {
        final NodeSlab slab = slab(2, 0, 4, 0);
        fresh(slab, 4);
        final byte[] before = encoded(slab);
        fresh(slab, 4);
        slab.bulkFree(heads(4, 5, 6, 7));
        assertThat(slab.pagesMade()).isEqualTo(4);
        assertThat(encoded(slab)).isEqualTo(before);
        // Given back in the other order, page 3 is made before page 2.
        fresh(slab, 4);
        slab.bulkFree(heads(6, 7, 4, 5));
        assertThat(encoded(slab)).isNotEqualTo(before);
    }

    @Test
    void whichPagesCameFromTheReserveIsPartOfTheState() {
        final NodeSlab one = slab(1, 0, 2, 1);
        fresh(one, 2);
        one.takeReserve(new int[1], 0);
        final NodeSlab two = one.copy();
        one.bulkFree(heads(2, 0));
        two.bulkFree(heads(0, 2));
        takeAll(one);
        takeAll(two);
        assertThat(encoded(one)).isNotEqualTo(encoded(two));
        one.free(2);
        two.free(2);
        assertThat(one.reservePages()).isNotEqualTo(two.reservePages());
    }

    @Test
    void theOrderInsideAPageOfTheReserveIsPartOfTheState() {
        final NodeSlab one = slab(3, 0, 0, 1);
        final int[] into = new int[3];
        one.takeReserve(into, 0);
        one.takePartial(into, 1, 2, true);
        final NodeSlab two = one.copy();
        one.bulkFree(heads(0, 1));
        two.bulkFree(heads(1, 0));
        assertThat(encoded(one)).isNotEqualTo(encoded(two));
    }

    @Test
    void aCopyGoesItsOwnWay() {
        final NodeSlab slab = slab(2, 1, 4, 1);
        fresh(slab, 6);
        slab.bulkFree(heads(0, 2));
        final NodeSlab copy = slab.copy();
        final byte[] before = encoded(slab);
        slab.bulkFree(heads(4, 5, 1));
        fresh(slab, 5);
        assertThat(encoded(copy)).isEqualTo(before);
        assertThat(copy.inUse()).isEqualTo(4);
        assertThat(copy.pagesMade()).isEqualTo(3);
        assertThat(copy.pagesGivenBack()).isZero();
        copy.free(1);
        assertThat(copy.pages()).isEqualTo(2);
    }

    private static void takeAll(NodeSlab slab) {
        fresh(slab, 2);
        slab.takeReserve(new int[1], 0);
    }

    private static byte[] encoded(NodeSlab slab) {
        final StateBytes bytes = new StateBytes();
        slab.encode(bytes);
        return bytes.toArray();
    }
}
