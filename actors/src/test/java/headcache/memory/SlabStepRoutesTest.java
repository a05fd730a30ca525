package headcache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage.BulkAlloc;
import headcache.protocol.SlabMessage.BulkFree;
import headcache.protocol.SlabReply;
import headcache.slab.SlabConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a request goes when one node has not enough. */
final class SlabStepRoutesTest {
    private static final int NEVER = 0;
    private static final int ALWAYS = 1024;

    @Test
    void partialPagesHereComeBeforeANewPage() {
        final SlabNet net = SlabNet.withLimits(NEVER, 2, 2);
        net.out(0, 2);
        assertThat(net.bulk(0, 4)).containsExactly(2, 3, 4, 5);
        assertThat(net.seen()).isEmpty();
    }

    @Test
    void withRatioZeroANewPageIsMadeThoughOthersHavePartialPages() {
        final SlabNet net = SlabNet.withLimits(NEVER, 1, 1);
        net.out(1, 1);
        assertThat(net.bulk(0, 3)).containsExactly(0, 1, 2);
        assertThat(net.heads(0).pagesMade()).isEqualTo(1);
        assertThat(net.seen()).isEmpty();
    }

    @Test
    void withTheLargestRatioPartialPagesOfOthersComeBeforeANewPage() {
        final SlabNet net = SlabNet.withLimits(ALWAYS, 1, 1);
        net.out(1, 1);
        assertThat(net.bulk(0, 3)).containsExactly(node(1, 1, 2, 3));
        assertThat(net.heads(0).pagesMade()).isZero();
        assertThat(net.walks()).containsExactly("node-1 REMOTE_PARTIAL visited=1 hops=1 collected=0");
    }

    @Test
    void otherNodesKeepTheirMinimum() {
        final SlabNet net = new SlabNet(ALWAYS, new SlabConfig(4, 0, 1, 0), new SlabConfig(4, 1, 2, 0));
        final int[] out = net.out(1, 8);
        net.free(out[0], out[4], out[5]);
        assertThat(net.heads(1).partialPages()).isEqualTo(2);
        assertThat(net.bulk(0, 2)).containsExactly(Head.plain(1, 0), Head.plain(0, 0));
        assertThat(net.heads(1).partialPages()).isEqualTo(1);
    }

    @Test
    void aRequestThatNobodyCanServeVisitsEveryPlaceOnce() {
        final SlabNet net = SlabNet.withLimits(ALWAYS, 1, 1, 1);
        net.out(1, 1);
        assertThat(net.bulk(1, 12)).isEmpty();
        assertThat(net.walks())
                .containsExactly(
                        "node-2 REMOTE_PARTIAL visited=1 hops=1 collected=3",
                        "node-0 REMOTE_PARTIAL visited=2 hops=2 collected=3",
                        "node-1 LOCAL_NEW_PAGE visited=0 hops=3 collected=3",
                        "node-2 ZONE_LIST visited=1 hops=4 collected=3",
                        "node-0 ZONE_LIST visited=2 hops=5 collected=7");
    }

    @Test
    void aWalkFollowsTheOrderOfTheNodeThatWasAskedFirst() {
        final SlabConfig none = new SlabConfig(4, 0, 0, 0);
        final ZoneLists zones = ZoneLists.of(new int[][] {{2, 1}, {0, 2}, {1, 0}});
        final SlabNet net = new SlabNet(NEVER, zones, none, none, none);
        assertThat(net.bulk(0, 1)).isEmpty();
        assertThat(net.walks())
                .containsExactly(
                        "node-2 ZONE_LIST visited=1 hops=1 collected=0",
                        "node-1 ZONE_LIST visited=2 hops=2 collected=0");
    }

    @Test
    void headsAreDeliveredInTheOrderOfThePlaces() {
        final SlabNet net = SlabNet.withLimits(ALWAYS, 2, 1, 1);
        net.out(0, 4);
        net.out(1, 4);
        net.free(Head.plain(0, 1), Head.plain(1, 2));
        assertThat(net.bulk(0, 8)).containsExactly(concat(node(0, 1), node(1, 2), node(0, 4, 5, 6, 7), node(2, 0, 1)));
    }

    @Test
    void theZoneListGivesPartialPagesBeforeNewOnes() {
        final SlabNet net = SlabNet.withLimits(NEVER, 0, 2);
        net.out(1, 3);
        assertThat(net.bulk(0, 2)).containsExactly(node(1, 3, 4));
    }

    @Test
    void aRequestThatPrefersItsNodeTakesNoPartialPagesOfOthersFirst() {
        final SlabNet net = SlabNet.withLimits(ALWAYS, 1, 1);
        net.out(1, 1);
        assertThat(net.single(0, SlabKind.HEAD, false, false)).isEqualTo(Head.plain(0, 0));
        assertThat(net.seen()).isEmpty();
    }

    @Test
    void aSingleRequestForAnyNodeDoes() {
        final SlabNet net = SlabNet.withLimits(ALWAYS, 1, 1);
        net.out(1, 1);
        assertThat(net.single(0, SlabKind.HEAD, true, false)).isEqualTo(Head.plain(1, 1));
    }

    @Test
    void aRequestThatPrefersItsNodeFallsBackToTheZoneList() {
        final SlabNet net = SlabNet.withLimits(ALWAYS, 0, 1);
        assertThat(net.single(0, SlabKind.HEAD, false, false)).isEqualTo(Head.plain(1, 0));
        assertThat(net.walks()).containsExactly("node-1 ZONE_LIST visited=1 hops=1 collected=0");
    }

    @Test
    void aNodeAloneAnswersNothingByItself() {
        final SlabNet net = SlabNet.withLimits(ALWAYS, 1);
        assertThat(net.bulk(0, 5)).isEmpty();
        assertThat(net.single(0, SlabKind.FCLONE, true, false)).isEqualTo(Head.fclone(0, 0));
        assertThat(net.seen()).isEmpty();
        assertThat(net.inUse()).isZero();
    }

    @Test
    void whoeverCannotCompleteSendsEveryHeadHomeInOneMessageForEachNode() {
        final SlabNet net =
                new SlabNet(ALWAYS, new SlabConfig(4, 5, 2, 0), new SlabConfig(4, 0, 1, 0), new SlabConfig(4, 5, 1, 0));
        net.out(0, 2);
        net.out(1, 1);
        // Node 0 gives 2 heads of a partial page, then 4 of a new one, with 3 of node 1 between, and 4 of node 2.
        assertThat(net.bulk(0, 14)).isEmpty();
        final List<SlabNet.Sent> home = net.seen().stream()
                .filter(sent -> sent.message() instanceof BulkFree)
                .toList();
        assertThat(home).extracting(SlabNet.Sent::to).containsExactly(new NodeId(0), new NodeId(1));
        final BulkFree first = (BulkFree) home.get(0).message();
        assertThat(first.heads()).containsExactly(2, 3, 4, 5, 6, 7);
        assertThat(first.acknowledge()).isFalse();
        assertThat(((BulkFree) home.get(1).message()).heads()).containsExactly(node(1, 1, 2, 3));
        assertThat(net.inUse()).isEqualTo(3);
        assertThat(net.replies()).hasSize(1);
    }

    @Test
    void twoRequestsCanBothFailWhileEachHoldsWhatTheOtherLacks() {
        final SlabNet net = SlabNet.withLimits(NEVER, 1, 1);
        net.tell(0, new BulkAlloc(SlabNet.CPU, 6));
        net.tell(1, new BulkAlloc(SlabNet.CPU, 6));
        assertThat(net.inUse()).isEqualTo(8);
        net.deliver();
        net.deliver();
        assertThat(net.replies())
                .extracting(sent -> ((SlabReply.BulkAllocated) sent.message()).heads().length)
                .containsExactly(0, 0);
        net.settle();
        assertThat(net.inUse()).isZero();
        assertThat(net.bulk(0, 6)).hasSize(6);
    }

    @Test
    void theReserveIsAskedAfterTheWholeZoneList() {
        final SlabNet net = new SlabNet(NEVER, new SlabConfig(1, 0, 0, 1), new SlabConfig(1, 0, 1, 1));
        assertThat(net.single(0, SlabKind.HEAD, true, true)).isEqualTo(Head.plain(1, 0));
        net.seen().clear();
        assertThat(net.single(0, SlabKind.HEAD, true, true)).isEqualTo(Head.plain(0, 0));
        assertThat(net.walks())
                .containsExactly(
                        "node-1 ZONE_LIST visited=1 hops=1 collected=0", "node-0 RESERVE visited=0 hops=2 collected=0");
        net.seen().clear();
        assertThat(net.single(0, SlabKind.HEAD, true, true)).isEqualTo(Head.plain(1, 1));
        assertThat(net.walks())
                .containsExactly(
                        "node-1 ZONE_LIST visited=1 hops=1 collected=0",
                        "node-0 RESERVE visited=0 hops=2 collected=0",
                        "node-1 RESERVE visited=1 hops=3 collected=0");
        assertThat(net.single(0, SlabKind.HEAD, true, true)).isEqualTo(Head.NONE);
    }

    @Test
    void onlyEntitledSingleRequestsGetTheReserve() {
        final SlabNet net = new SlabNet(NEVER, new SlabConfig(4, 0, 1, 1));
        net.out(0, 4);
        assertThat(net.single(0, SlabKind.HEAD, true, false)).isEqualTo(Head.NONE);
        assertThat(net.bulk(0, 1)).isEmpty();
        assertThat(net.single(0, SlabKind.HEAD, true, true)).isEqualTo(4);
        assertThat(net.bulk(0, 1)).isEmpty();
        assertThat(net.single(0, SlabKind.HEAD, true, true)).isEqualTo(5);
    }

    private static int[] node(int node, int... indices) {
        return Arrays.stream(indices).map(index -> Head.plain(node, index)).toArray();
    }

    private static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
