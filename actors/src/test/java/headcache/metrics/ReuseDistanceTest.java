package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReuseDistanceTest {
    private static final int A = 1;
    private static final int B = 2;

    /** A cache of two heads. */
    private final ReuseDistance metric = new ReuseDistance(2, 2);

    /** By hand: A comes back after 1 operation, B after 2 of its CPU, A after 3 of its CPU, B on the other CPU. */
    @Test
    void shouldCallWarmWhatTheSameCpuFreedNotLongAgo() {
        metric.took(0, A); // never used
        metric.freed(0, A);
        metric.took(0, A); // 1: warm
        metric.took(0, B); // never used
        metric.freed(0, B);
        metric.freed(0, A);
        metric.took(0, B); // 2: warm
        metric.freed(0, B);
        metric.took(0, A); // 3: cold, for the cache holds two
        metric.took(1, B); // 2 of the machine, but another CPU freed it: cold

        assertThat(metric.median()).hasValue(2); // of 1, 2, 2, 3
        assertThat(metric.warm()).hasValue(2.0 / 6);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 7, true",
        "5, 8, false",
        "2147483647, -2147483647, true",
        "2147483647, -2147483646, false",
        "-1, 1, true",
        "0, -2147483648, false",
        "0, -1, false"
    })
    void shouldSubtractOnClocksThatWrap(int from, int to, boolean within) {
        assertThat(ReuseDistance.isWithin(2, from, to)).isEqualTo(within);
    }

    @Test
    void shouldSayNothingOfHeadsThatAreNeverUsedAgain() {
        metric.took(0, A);
        metric.freed(0, A);

        assertThat(metric.median()).isEmpty();
        assertThat(metric.warm()).hasValue(0);
    }

    /** Only the operations of the CPU itself wear its cache out. */
    @Test
    void shouldCountWarmthByTheCpusOwnClock() {
        metric.took(0, A);
        metric.freed(0, A);
        metric.took(1, B);
        metric.freed(1, B);
        metric.took(1, B);
        metric.freed(1, B);
        metric.took(0, A);

        assertThat(metric.median()).hasValue(1); // of 1 and 5
        assertThat(metric.warm()).hasValue(2.0 / 4);
    }
}
