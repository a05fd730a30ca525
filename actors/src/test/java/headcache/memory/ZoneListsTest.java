package headcache.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.NodeId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ZoneListsTest {

    @Test
    void oneNodeHasNobodyToAsk() {
        assertThat(others(ZoneLists.single(), 0)).isEmpty();
    }

    @Test
    void listsAreKeptAsGiven() {
        final ZoneLists lists = ZoneLists.of(new int[][] {{2, 1}, {0}, {}});
        assertThat(others(lists, 0)).containsExactly(2, 1);
        assertThat(others(lists, 1)).containsExactly(0);
        assertThat(others(lists, 2)).isEmpty();
    }

    @Test
    void amongNodesEquallyFarTheFollowingNumbersComeFirst() {
        final ZoneLists lists = ZoneLists.equallyFar(true, true, false, true);
        assertThat(others(lists, 0)).containsExactly(1, 3);
        assertThat(others(lists, 1)).containsExactly(3, 0);
        assertThat(others(lists, 2)).containsExactly(3, 0, 1);
        assertThat(others(lists, 3)).containsExactly(0, 1);
    }

    @Test
    void aListThatNamesTheNodeItselfIsRefused() {
        assertThatThrownBy(() -> ZoneLists.of(new int[][] {{1}, {0, 1}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("impossible zone list: node=1, place=1, other=1 must be another node, named once;"
                        + " list=[0, 1], nodes=2");
    }

    @Test
    void aListThatNamesANodeTwiceOrOneThereIsNotIsRefused() {
        assertThatThrownBy(() -> ZoneLists.of(new int[][] {{1, 1}, {}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("place=1, other=1 ");
        assertThatThrownBy(() -> ZoneLists.of(new int[][] {{2}, {}})).hasMessageContaining("other=2 ");
        assertThatThrownBy(() -> ZoneLists.of(new int[][] {{-1}, {}})).hasMessageContaining("other=-1 ");
    }

    private static int[] others(ZoneLists lists, int node) {
        final NodeId id = new NodeId(node);
        return IntStream.range(0, lists.others(id))
                .map(place -> lists.other(id, place).index())
                .toArray();
    }
}
