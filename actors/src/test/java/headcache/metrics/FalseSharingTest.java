package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import org.junit.jupiter.api.Test;

class FalseSharingTest {
    private final FalseSharing metric = new FalseSharing(4);

    /** By hand, four heads on a page; a letter is a head, 0 and 1 are CPUs, and . is the slab. */
    @Test
    void shouldCountNeighboursInTwoHands() {
        touch(0, 0); // 0...: no pair
        touch(0, 1); // 00..: one pair, in one hand
        touch(1, 2); // 001.: two pairs, one in two hands
        touch(1, 1); // 011.: the same
        touch(1, 4); // the next page: no neighbour of head 3, which is in the slab anyway
        metric.cameHome(Head.plain(0, 1));
        metric.sample(); // 0.1.: no pair

        assertThat(metric.share()).hasValue(3.0 / 7);
    }

    @Test
    void shouldNotTakeTheNextPageForANeighbour() {
        touch(0, 3);
        touch(1, 4);

        assertThat(metric.share()).isEmpty();
    }

    private void touch(int cpu, int index) {
        metric.touched(cpu, Head.plain(0, index));
        metric.sample();
    }
}
