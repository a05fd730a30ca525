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
