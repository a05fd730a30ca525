package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import org.junit.jupiter.api.Test;

class FragmentationTest {
    private final Fragmentation metric = new Fragmentation(4);

    /** By hand, four heads on a page: pages with a head / pages needed are 1/1, 2/1, 3/1, then 2/1, 1/1 and 0/0. */
    @Test
    void shouldDividePagesUsedByPagesNeeded() {
        metric.took(Head.plain(0, 3));
        metric.took(Head.plain(0, 4));
        metric.took(Head.plain(1, 0));
        metric.freed(Head.plain(0, 4));
        metric.freed(Head.plain(0, 3));
        metric.freed(Head.plain(1, 0));

        assertThat(metric.mean()).hasValue(9 / 5.0);
        assertThat(metric.atPeak()).hasValue(3);
    }

    /** Three heads on a page, which is no power of two: 1 and 2 lie together, 3 does not. */
    @Test
    void shouldKnowPagesOfAnySize() {
        final Fragmentation odd = new Fragmentation(3);
        odd.took(Head.plain(1, 1)); // 1/1
        odd.took(Head.plain(1, 2)); // 1/1
        odd.took(Head.plain(1, 3)); // 2/1
        odd.took(Head.plain(1, 4)); // 2/2

        assertThat(odd.mean()).hasValue(6 / 5.0);
        assertThat(odd.atPeak()).hasValue(1);
    }

    @Test
    void shouldNeedTwoPagesForFiveHeads() {
        for (int index = 0; index < 5; index++) {
            metric.took(Head.plain(0, index));
        }

        assertThat(metric.atPeak()).hasValue(1);
        assertThat(metric.mean()).hasValue(1);
    }

    @Test
    void shouldSayNothingWhereNoHeadWasTaken() {
        assertThat(metric.mean()).isEmpty();
        assertThat(metric.atPeak()).isEmpty();
    }
}
