package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StarvationTest {

    @Test
    void shouldCountFailuresThatIdleHeadsCouldHaveServed() {
        final Starvation metric = new Starvation();
        metric.served();
        metric.served();
        metric.failed(3);
        metric.failed(0);

        assertThat(metric.share()).hasValue(0.25);
    }

    @Test
    void shouldSayNothingWhereNothingWasAllocated() {
        assertThat(new Starvation().share()).isEmpty();
    }
}
