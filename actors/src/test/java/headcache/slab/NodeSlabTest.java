package headcache.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.step.HeadMisuse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class NodeSlabTest {
    private static final int ALL = 64;

    @Test
    void aSlabAtBootHasNoPages() {
        final NodeSlab slab = slab(4, 0, 3, 0);
        assertThat(partial(slab, 1)).isEmpty();
        assertThat(facts(slab)).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void aNewPageIsDeliveredInAscendingOrder() {
        final NodeSlab slab = slab(4, 0, 3, 0);
        assertThat(fresh(slab, 3)).containsExactly(0, 1, 2);
        assertThat(facts(slab)).containsExactly(1, 1, 3, 1, 0);
        assertThat(partial(slab, ALL)).containsExactly(3);
        assertThat(facts(slab)).containsExactly(1, 0, 4, 1, 0);
    }

    @Test
    void newPagesAreMadeUpToTheLimitOnly() {
        final NodeSlab slab = slab(4, 0, 2, 0);
        assertThat(fresh(slab, 9)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(fresh(slab, 1)).isEmpty();
        assertThat(facts(slab)).containsExactly(2, 0, 8, 2, 0);
    }

    @Test
    void whatIsLeftOfANewPageIsAskedFirst() {
        final NodeSlab slab = slab(4, 5, 3, 0);
        fresh(slab, 4);
        slab.free(0);
        assertThat(fresh(slab, 2)).containsExactly(4, 5);
        assertThat(partial(slab, ALL)).containsExactly(6, 7, 0);
    }

    @Test
    void insideAPageTheLastFreedGoesOutFirst() {
        final NodeSlab slab = slab(4, 5, 1, 0);
        fresh(slab, 3);
        free(slab, 0, 2, 1);
        assertThat(partial(slab, ALL)).containsExactly(1, 2, 0, 3);
    }

    @Test
    void aFullPageJoinsThePartialListAtItsTail() {
        final NodeSlab slab = slab(2, 5, 3, 0);
        fresh(slab, 6);
        free(slab, 5, 1, 3, 4);
        assertThat(slab.partialPages()).isEqualTo(3);
        assertThat(partial(slab, ALL)).containsExactly(4, 5, 1, 3);
    }

    @Test
    void aPageIsTakenFromUntilItIsFull() {
        final NodeSlab slab = slab(3, 5, 2, 0);
        fresh(slab, 6);
        free(slab, 0, 1, 3, 4);
        assertThat(partial(slab, 1)).containsExactly(1);
        assertThat(slab.partialPages()).isEqualTo(2);
        assertThat(partial(slab, 2)).containsExactly(0, 4);
        assertThat(slab.partialPages()).isEqualTo(1);
    }

    @Test
    void anEmptyPageIsKeptBelowTheMinimum() {
        final NodeSlab slab = slab(2, 2, 3, 0);
        fresh(slab, 6);
        free(slab, 0, 1);
        assertThat(facts(slab)).containsExactly(3, 2, 4, 3, 0);
    }

    @Test
    void anEmptyPageIsGivenBackWhenTheListHasTheMinimumItselfIncluded() {
        final NodeSlab slab = slab(2, 2, 3, 0);
        fresh(slab, 6);
        free(slab, 2, 0, 1);
        assertThat(facts(slab)).containsExactly(2, 1, 3, 3, 1);
        assertThat(partial(slab, ALL)).containsExactly(2);
    }

    @Test
    void aPageThatWasFullIsNotCountedItselfWhenAllItsHeadsReturnAtOnce() {
        final NodeSlab slab = slab(2, 1, 3, 0);
        fresh(slab, 6);
        assertThat(slab.bulkFree(heads(0, 1))).isEqualTo(1);
        assertThat(facts(slab)).containsExactly(3, 2, 4, 3, 0);
        assertThat(slab.bulkFree(heads(2, 3))).isEqualTo(1);
        assertThat(facts(slab)).containsExactly(2, 2, 2, 3, 1);
    }

    @Test
    void pageNumbersAreUsedAgainTheLastGivenBackFirst() {
        final NodeSlab slab = slab(2, 0, 4, 0);
        fresh(slab, 8);
        free(slab, 2, 3, 6, 7);
        assertThat(slab.pages()).isEqualTo(2);
        assertThat(fresh(slab, ALL)).containsExactly(6, 7, 2, 3);
    }

    @Test
    void otherNodesTakeOnlyPagesBeyondTheMinimum() {
        final NodeSlab slab = slab(2, 1, 3, 0);
        fresh(slab, 6);
        free(slab, 0, 3, 4);
        assertThat(beyondMinimum(slab, ALL)).containsExactly(0, 3);
        assertThat(slab.partialPages()).isEqualTo(1);
        assertThat(beyondMinimum(slab, ALL)).isEmpty();
        assertThat(partial(slab, ALL)).containsExactly(4);
    }

    @Test
    void otherNodesStopWhenTheyHaveEnough() {
        final NodeSlab slab = slab(4, 0, 2, 0);
        fresh(slab, 8);
        free(slab, 0, 1, 2, 4);
        assertThat(beyondMinimum(slab, 2)).containsExactly(2, 1);
        assertThat(slab.partialPages()).isEqualTo(2);
    }

    @Test
    void theReserveIsUsedOnlyBeyondTheLimit() {
        final NodeSlab slab = slab(2, 0, 1, 1);
        assertThat(reserve(slab)).isEmpty();
        fresh(slab, 2);
        assertThat(reserve(slab)).containsExactly(2);
        assertThat(slab.reservePages()).isEqualTo(1);
        assertThat(reserve(slab)).containsExactly(3);
        assertThat(reserve(slab)).isEmpty();
        assertThat(facts(slab)).containsExactly(2, 0, 4, 2, 0);
    }

    @Test
    void ordinaryRequestsNeverGetHeadsOfTheReserve() {
        final NodeSlab slab = slab(2, 0, 1, 1);
        fresh(slab, 2);
        reserve(slab);
        assertThat(partial(slab, ALL)).isEmpty();
        assertThat(beyondMinimum(slab, ALL)).isEmpty();
        assertThat(fresh(slab, ALL)).isEmpty();
        final int[] into = new int[1];
        assertThat(slab.takePartial(into, 0, 1, true)).isEqualTo(1);
        assertThat(into).containsExactly(3);
    }

    @Test
    void entitledRequestsTakeOrdinaryPagesFirst() {
        final NodeSlab slab = slab(2, 5, 1, 1);
        fresh(slab, 2);
        reserve(slab);
        free(slab, 1);
        final int[] into = new int[2];
        assertThat(slab.takePartial(into, 0, 2, true)).isEqualTo(2);
        assertThat(into).containsExactly(1, 3);
    }

    @Test
    void pagesOfTheReserveDoNotCountAgainstTheLimit() {
        final NodeSlab slab = slab(1, 0, 2, 1);
        fresh(slab, 2);
        slab.takeReserve(new int[1], 0);
        slab.free(0);
        assertThat(slab.pages()).isEqualTo(2);
        assertThat(fresh(slab, 2)).hasSize(1);
    }

    @Test
    void theReserveIsLeftAloneWhileAnOrdinaryPageCanBeMade() {
        final NodeSlab slab = slab(1, 0, 2, 2);
        fresh(slab, 2);
        slab.takeReserve(new int[1], 0);
        slab.free(0);
        assertThat(slab.takeReserve(new int[1], 0)).isZero();
    }

    @Test
    void anEntitledRequestGoesOnToPartialPagesOfTheReserve() {
        final NodeSlab slab = slab(2, 0, 1, 1);
        fresh(slab, 2);
        slab.takeReserve(new int[1], 0);
        slab.free(0);
        final int[] into = new int[2];
        assertThat(slab.takePartial(into, 0, 2, true)).isEqualTo(2);
        assertThat(into).containsExactly(0, 3);
    }

    @Test
    void aReservePageIsGivenBackWhenItIsEmptyWhateverTheMinimum() {
        final NodeSlab slab = slab(2, 5, 1, 1);
        fresh(slab, 2);
        reserve(slab);
        free(slab, 2);
        assertThat(slab.reservePages()).isZero();
        assertThat(facts(slab)).containsExactly(1, 0, 2, 2, 1);
        assertThat(reserve(slab)).containsExactly(2);
    }

    @Test
    void aSecondFreeIsNamedWithPageSlotAndFreeList() {
        final NodeSlab slab = slab(4, 5, 2, 0);
        fresh(slab, 8);
        free(slab, 7, 5);
        assertThatThrownBy(() -> slab.free(5))
                .isInstanceOf(HeadMisuse.class)
                .hasMessage("DOUBLE_FREE: head=n0/5 at=node-0: freed, but it is free already: kind=HEAD page=1 slot=1"
                        + " pages=2 freeOnPage=2; history: free list of page 1: 1 3");
    }

    @Test
    void aSecondFreeInsideOneBulkFreeIsNoticed() {
        final NodeSlab slab = slab(4, 5, 2, 0);
        fresh(slab, 8);
        assertThatThrownBy(() -> slab.bulkFree(heads(3, 7, 3)))
                .isInstanceOf(HeadMisuse.class)
                .hasMessageContaining("DOUBLE_FREE: head=n0/3 ");
    }

    @Test
    void aHeadNeverHandedOutCannotBeFreed() {
        final NodeSlab slab = slab(4, 5, 2, 0);
        fresh(slab, 2);
        assertThatThrownBy(() -> slab.free(2)).hasMessageContaining("DOUBLE_FREE: head=n0/2 ");
        assertThatThrownBy(() -> slab.free(4))
                .hasMessage("WRONG_SLAB: head=n0/4 at=node-0: freed, but its page was never made:"
                        + " kind=HEAD page=1 slot=0 pages=1");
    }

    @Test
    void aHeadOfAPageThatWasGivenBackCannotBeFreed() {
        final NodeSlab slab = slab(2, 0, 2, 0);
        fresh(slab, 4);
        free(slab, 0, 1);
        assertThatThrownBy(() -> slab.free(1)).hasMessageContaining("DOUBLE_FREE: head=n0/1 ");
    }

    @Test
    void aHeadOfAnotherNodeOrKindIsRefused() {
        final NodeSlab slab = slab(4, 5, 2, 0);
        fresh(slab, 4);
        assertThatThrownBy(() -> slab.free(Head.plain(1, 0)))
                .hasMessage("WRONG_SLAB: head=n1/0 at=node-0: freed to the slab of node=0 kind=HEAD,"
                        + " but it belongs to node=1 kind=HEAD");
        assertThatThrownBy(() -> slab.bulkFree(heads(0, Head.fclone(0, 0))))
                .hasMessageContaining("WRONG_SLAB: head=n0/f0 ");
        assertThatThrownBy(() -> slab.mustBeOut(Head.NONE)).hasMessageContaining("WRONG_SLAB: head=none ");
    }

    @Test
    void headsAreNamedAfterNodeAndKind() {
        final NodeSlab pairs = new NodeSlab(new NodeId(3), SlabKind.FCLONE, new SlabConfig(2, 0, 1, 0));
        assertThat(fresh(pairs, 2)).containsExactly(Head.fclone(3, 0), Head.fclone(3, 1));
        assertThat(pairs.isOut(Head.fclone(3, 1))).isTrue();
        assertThat(pairs.isOut(Head.plain(3, 1))).isFalse();
        assertThat(pairs.isOut(Head.fclone(3, 2))).isFalse();
    }

    @Test
    void aHighLimitCostsNothingBeyondThePagesMade() {
        final NodeSlab[] slabs = new NodeSlab[1 << 16];
        for (int i = 0; i < slabs.length; i++) {
            slabs[i] = new NodeSlab(new NodeId(0), SlabKind.HEAD, SlabConfig.LARGEST);
            fresh(slabs[i], 1);
        }
        assertThat(slabs).allMatch(slab -> slab.isOut(0));
    }

    static NodeSlab slab(int headsPerPage, int minPartial, int pageLimit, int reservePages) {
        return new NodeSlab(
                new NodeId(0), SlabKind.HEAD, new SlabConfig(headsPerPage, minPartial, pageLimit, reservePages));
    }

    /** Pages, free heads, heads in use, pages made, pages given back. */
    private static int[] facts(NodeSlab slab) {
        return new int[] {
            slab.pages(), slab.freeHeads(), slab.inUse(), (int) slab.pagesMade(), (int) slab.pagesGivenBack()
        };
    }

    static int[] heads(int... heads) {
        return heads;
    }

    static int[] fresh(NodeSlab slab, int want) {
        final int[] into = new int[want];
        return Arrays.copyOf(into, slab.takeNew(into, 0, want));
    }

    static int[] partial(NodeSlab slab, int want) {
        final int[] into = new int[want];
        return Arrays.copyOf(into, slab.takePartial(into, 0, want, false));
    }

    private static int[] beyondMinimum(NodeSlab slab, int want) {
        final int[] into = new int[want];
        return Arrays.copyOf(into, slab.takeBeyondMinimum(into, 0, want));
    }

    private static int[] reserve(NodeSlab slab) {
        final int[] into = new int[1];
        return Arrays.copyOf(into, slab.takeReserve(into, 0));
    }

    private static void free(NodeSlab slab, int... heads) {
        for (final int head : heads) {
            slab.free(head);
        }
    }
}
