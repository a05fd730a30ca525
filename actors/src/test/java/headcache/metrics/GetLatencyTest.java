package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GetLatencyTest {
    private final GetLatency metric = new GetLatency(2);

    /** By hand: 4 for a get, 16 + 16 x 7.5 + 4 for one with a refill of 16. */
    @Test
    void shouldChargeARefillToTheGetThatWaitedForIt() {
        refill(0, 16, true);
        metric.got(0);
        for (int i = 0; i < 15; i++) {
            metric.got(0);
        }

        assertThat(metric.percentile(50)).hasValue(4);
        assertThat(metric.percentile(93.75)).hasValue(4); // 15 of 16
        assertThat(metric.percentile(100)).hasValue(140);
    }

    @Test
    void shouldChargeATradeAndNotTheSlabForAMagazine() {
        metric.asked(0);
        metric.traded(0);
        metric.brought(0, false);
        metric.brought(0, false);
        metric.got(0);

        assertThat(metric.percentile(100)).hasValue(108);
    }

    @Test
    void shouldChargeBothWhereTheDepotPassedTheRequestOn() {
        metric.traded(1);
        refill(1, 1, true);
        metric.got(1);

        assertThat(metric.percentile(100)).hasValue(104 + 16 + 7.5 + 4);
    }

    /** What came back from other CPUs is laid in the cache head by head, as the bill says too. */
    @Test
    void shouldChargeEachHeadThatIsTakenBack() {
        metric.tookBack(0);
        metric.tookBack(0);
        metric.tookBack(0);
        metric.got(0);

        assertThat(metric.percentile(100)).hasValue(3 * 4 + 4);
    }

    @Test
    void shouldChargeWhatPassesTheCache() {
        metric.single(false);

        assertThat(metric.percentile(50)).hasValue(23.5);
    }

    /** Memory of another node is charged once for each head, from the cache or past it. */
    @Test
    void shouldChargeTheWayToAnotherNode() {
        metric.remote(0);
        metric.got(0);
        assertThat(metric.percentile(100)).hasValue(4 + 496);

        metric.single(true);
        assertThat(metric.percentile(100)).hasValue(23.5 + 496);
        assertThat(metric.percentile(50)).hasValue(4 + 496);
    }

    @Test
    void shouldForgetWhatWasPaidForNothing() {
        metric.traded(0);
        metric.asked(0);
        metric.failed(0);
        assertThat(metric.percentile(50)).isEmpty();

        metric.got(0);
        assertThat(metric.percentile(100)).hasValue(4);
    }

    private void refill(int cpu, int heads, boolean fromSlab) {
        metric.asked(cpu);
        for (int i = 0; i < heads; i++) {
            metric.brought(cpu, fromSlab);
        }
    }
}
