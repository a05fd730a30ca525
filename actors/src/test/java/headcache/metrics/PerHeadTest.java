package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import org.junit.jupiter.api.Test;

class PerHeadTest {

    @Test
    void shouldKeepNumbersOfDistantHeadsApart() {
        final PerHead numbers = new PerHead();

        numbers.set(Head.plain(2, 5000), 7);
        numbers.set(Head.plain(0, 0), 3);

        assertThat(numbers.get(Head.plain(2, 5000))).isEqualTo(7);
        assertThat(numbers.get(Head.plain(0, 0))).isEqualTo(3);
        assertThat(numbers.get(Head.plain(2, 4999))).isZero();
        assertThat(numbers.get(Head.plain(1, 5000))).isZero();
        assertThat(numbers.get(Head.plain(255, Head.INDEX_LIMIT - 1))).isZero();
    }
}
