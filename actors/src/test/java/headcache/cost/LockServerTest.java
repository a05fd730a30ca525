package headcache.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockServerTest {
    private static final double EXACT = 1e-9;

    /** Alone for 1 and holding for 1: the second CPU finds the first there half of the time, so it takes 1.5. */
    @Test
    void shouldFollowTheRecursion() {
        final LockServer lock = new LockServer(1, 1);

        assertThat(lock.response(1)).isCloseTo(1, within(EXACT));
        assertThat(lock.response(2)).isCloseTo(1.5, within(EXACT));
        assertThat(lock.throughput(2)).isCloseTo(0.8, within(EXACT));
        assertThat(lock.waiting(2)).isCloseTo(0.2, within(EXACT));
        assertThat(lock.response(3)).isCloseTo(1 + 2 / 2.5 * 1.5, within(EXACT));
    }

    /** No more than all CPUs without waiting, and no more than the lock can serve; with many CPUs, all of that. */
    @ParameterizedTest
    @CsvSource({"1, 0.01", "1, 0.1", "1, 1", "0, 5"})
    void shouldStayWithinTheBoundsOfAnyServer(double alone, double held) {
        final LockServer lock = new LockServer(alone, held);

        for (int cpus = 1; cpus <= 64; cpus++) {
            assertThat(lock.throughput(cpus))
                    .isLessThanOrEqualTo(Math.min(cpus / (alone + held), 1 / held) + EXACT)
                    .isGreaterThanOrEqualTo(cpus / (alone + cpus * held) - EXACT);
        }
        assertThat(lock.throughput(10_000)).isCloseTo(1 / held, within(1e-6));
    }

    @Test
    void shouldFindTheServerThatMakesCpusWaitSoLong() {
        assertThat(LockServer.fitted(32, 0.43).waiting(32)).isCloseTo(0.43, within(1e-6));
    }
}
