package headcache.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachePolicyTest {

    @Test
    void theMergedKernelHas64Slots16In32OutFromTheNewestEnd() {
        assertThat(CachePolicy.LINUX_5_12).isEqualTo(new CachePolicy(64, 16, 32, SpillEnd.NEWEST));
        assertThat(CachePolicy.LINUX_5_12).hasToString("64/16/32 newest");
    }

    @Test
    void theKernelBeforeTheSeriesGivesBackAll64() {
        assertThat(CachePolicy.BEFORE_SERIES.capacity()).isEqualTo(64);
        assertThat(CachePolicy.BEFORE_SERIES.spill()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "64, 16, 32, NEWEST, 32",
        "64, 16, 1, NEWEST, 63",
        "64, 16, 64, NEWEST, 0",
        "64, 16, 32, OLDEST, 0",
        "64, 16, 1, OLDEST, 0"
    })
    void theSpillEndSaysInWhichSlotASpillBegins(int capacity, int refill, int spill, SpillEnd end, int floor) {
        assertThat(new CachePolicy(capacity, refill, spill, end).spillFloor()).isEqualTo(floor);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, capacity=0 must be 1 to 65535",
        "-3, 1, 1, capacity=-3 must be 1 to 65535",
        "65536, 1, 1, capacity=65536 must be 1 to 65535",
        "8, 0, 1, refill=0 must be 1 to 8 (capacity=8)",
        "8, 9, 1, refill=9 must be 1 to 8 (capacity=8)",
        "8, 1, 0, spill=0 must be 1 to 8 (capacity=8)",
        "8, 1, 9, spill=9 must be 1 to 8 (capacity=8)"
    })
    void anImpossiblePolicySaysWhichNumberIsWrong(int capacity, int refill, int spill, String fact) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CachePolicy(capacity, refill, spill, SpillEnd.NEWEST))
                .withMessageStartingWith("impossible cache policy: " + fact);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "64, 64, 64", "65535, 65535, 65535"})
    void theLimitsThemselvesArePossible(int capacity, int refill, int spill) {
        final CachePolicy policy = new CachePolicy(capacity, refill, spill, SpillEnd.OLDEST);
        assertThat(policy).hasToString(capacity + "/" + refill + "/" + spill + " oldest");
    }
}
