package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitMixTest {
    private final ExitMix metric = new ExitMix();

    @Test
    void shouldSayWhereEachFreedHeadWent() {
        metric.put();
        metric.put();
        metric.spilled(); // the second put made the cache give two back
        metric.spilled();
        metric.released();
        metric.put();
        metric.other();
        metric.spilled(); // of another step, which no put began

        assertThat(metric.shareCached()).hasValue(0.5);
        assertThat(metric.shareCacheFull()).hasValue(0.25);
        assertThat(metric.shareReleased()).hasValue(0.25);
        assertThat(metric.shareRing()).isEmpty();
        assertThat(metric.shareRingFull()).isEmpty();
    }

    @Test
    void shouldCountTheMiddleLayerBesideThat() {
        metric.put();
        metric.spilled();
        metric.ring();
        metric.put();
        metric.put();
        metric.put();

        assertThat(metric.shareRing()).hasValue(0.25);
        assertThat(metric.shareRingFull()).hasValue(0);
    }
}
