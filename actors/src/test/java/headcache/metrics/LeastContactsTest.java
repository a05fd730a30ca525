package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastContactsTest {

    private static long contacts(int capacity, int... steps) {
        final LeastContacts.Walk walk = new LeastContacts.Walk(capacity);
        Arrays.stream(steps).forEach(walk::step);
        return walk.contacts();
    }

    private static int[] steps(String text) {
        return text.chars().map(c -> c == '+' ? 1 : -1).toArray();
    }

    /** By hand, for a cache of three that begins empty: the walk may cover four levels between contacts. */
    @ParameterizedTest
    @CsvSource({"+++, 0", "+++---, 0", "++++, 1", "-, 1", "---, 1", "----, 2", "-+-+-+, 1", "---+++---, 1", "+++----, 1"
    })
    void shouldGoOnAsLongAsTheWalkFits(String walk, int contacts) {
        assertThat(contacts(3, steps(walk))).isEqualTo(contacts);
    }

    /** Every way of cutting the walk is tried; none has fewer contacts. */
    @Test
    void shouldBeTheLeastOfAllWays() {
        final Random random = new Random(1);
        for (int tries = 0; tries < 2000; tries++) {
            final int capacity = 1 + random.nextInt(5);
            final int[] steps = random.ints(1 + random.nextInt(40), 0, 2)
                    .map(bit -> 2 * bit - 1)
                    .toArray();

            assertThat(contacts(capacity, steps))
                    .as("capacity=%s steps=%s", capacity, Arrays.toString(steps))
                    .isEqualTo(least(capacity, steps));
        }
    }

    private static long least(int capacity, int[] steps) {
        final long[] best = new long[steps.length + 1];
        for (int end = 1; end <= steps.length; end++) {
            best[end] = fits(capacity, steps, 0, end, true) ? 0 : Long.MAX_VALUE;
            for (int from = 0; from < end; from++) {
                if (best[from] != Long.MAX_VALUE && fits(capacity, steps, from, end, false)) {
                    best[end] = Math.min(best[end], best[from] + 1);
                }
            }
        }
        return best[steps.length];
    }

    private static boolean fits(int capacity, int[] steps, int from, int end, boolean fromEmpty) {
        int level = 0;
        int lowest = 0;
        int highest = 0;
        for (int i = from; i < end; i++) {
            level += steps[i];
            lowest = Math.min(lowest, level);
            highest = Math.max(highest, level);
        }
        return highest - lowest <= capacity && (!fromEmpty || lowest >= 0);
    }
}
