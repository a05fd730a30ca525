package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContactsTest {
    private final Contacts metric = new Contacts(2);

    /** By hand: CPU 0 refills for its get 1, spills after operation 4 and refills for operation 6. */
    @Test
    void shouldCountTheOperationsFromOneContactToTheNext() {
        refill(0, 3);
        operate(0, 4);
        metric.gave(0);
        metric.gave(0); // the same contact
        operate(0, 1);
        assertThat(metric.gap()).hasValue(3);

        refill(0, 5);
        assertThat(metric.gap()).hasValue(2);
        assertThat(metric.longest()).hasValue(5);
    }

    /** A get that had to wait for a refill may end a softirq, which flushes. */
    @Test
    void shouldTakeContactsOfOneOperationForOne() {
        refill(0, 3);
        operate(0, 1);
        metric.gave(0);
        assertThat(metric.gap()).isEmpty();

        operate(0, 7);
        metric.gave(0);
        assertThat(metric.gap()).hasValue(7);
    }

    @Test
    void shouldCountEachCpuByItself() {
        refill(0, 1);
        refill(1, 2);

        assertThat(metric.gap()).isEmpty();
        assertThat(metric.longest()).hasValue(2);
    }

    @Test
    void shouldCountARefusedRefillAsAContact() {
        refill(0, 0);
        metric.operated(0); // fails
        refill(0, 0);

        assertThat(metric.gap()).hasValue(1);
        assertThat(metric.longest()).isEmpty();
    }

    private void refill(int cpu, int heads) {
        metric.asked(cpu);
        for (int i = 0; i < heads; i++) {
            metric.brought(cpu);
        }
    }

    private void operate(int cpu, int times) {
        for (int i = 0; i < times; i++) {
            metric.operated(cpu);
        }
    }
}
