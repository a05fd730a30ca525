package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleHeadsTest {
    private final IdleHeads metric = new IdleHeads();

    /** By hand: 4 heads come out; idle after each operation is 3, 2, 3, 4; then all go home. */
    @Test
    void shouldCountWhatIsOutOfTheSlabAndInNoSkb() {
        out(4);
        metric.took();
        metric.took();
        metric.freed();
        metric.freed();
        home(4);

        assertThat(metric.peak()).hasValue(4);
        assertThat(metric.mean()).hasValue(3);
        assertThat(metric.blowUp()).hasValue(2); // 4 out at most, 2 in skbs at most
        assertThat(metric.now()).isZero();
        assertThat(metric.workingSet()).isEmpty(); // shorter than a window
    }

    /** By hand: one head is in use, then it waits; an operation on it counts once, when it is freed. */
    @Test
    void shouldCountWhatWaitsToBeFreedAsIdle() {
        out(1);
        metric.took(); // idle 0
        metric.deferred();
        assertThat(metric.now()).isEqualTo(1);
        metric.freedDeferred(); // idle 1

        assertThat(metric.mean()).hasValue(0.5);
    }

    /** The first window swings between 15 and 16, the second between 19 and 23. */
    @Test
    void shouldTakeTheSwingOfEachWindow() {
        out(16);
        for (int i = 0; i < IdleHeads.WINDOW / 2; i++) {
            metric.took(); // 15
            metric.freed(); // 16
        }
        out(8);
        for (int i = 0; i < IdleHeads.WINDOW; i++) {
            if (i < 4) {
                metric.took(); // 23, 22, 21, 20
            } else if (i % 2 == 0) {
                metric.took(); // 19
            } else {
                metric.freed();
            }
        }

        assertThat(metric.workingSet()).hasValue((1 + 4) / 2.0);
    }

    @Test
    void shouldSayNothingOfARunWithoutOperations() {
        assertThat(metric.peak()).isEmpty();
        assertThat(metric.mean()).isEmpty();
        assertThat(metric.blowUp()).isEmpty();
    }

    private void out(int heads) {
        for (int i = 0; i < heads; i++) {
            metric.leftSlab();
        }
    }

    private void home(int heads) {
        for (int i = 0; i < heads; i++) {
            metric.cameHome();
        }
    }
}
