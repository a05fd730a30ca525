package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.Topology;
import headcache.protocol.Head;
import org.junit.jupiter.api.Test;

class FreedElsewhereTest {
    private static final int NEAR = Head.plain(0, 1);
    private static final int FAR = Head.plain(1, 1);

    /** CPUs 0 and 1 are on node 0, 2 and 3 on node 1. */
    private final FreedElsewhere metric = new FreedElsewhere(Topology.even(4, 2));

    @Test
    void shouldTellOtherCpusFromOtherNodes() {
        metric.took(0, NEAR);
        metric.freed(0, NEAR); // here
        metric.took(0, NEAR);
        metric.freed(1, NEAR); // another CPU of the same node
        metric.took(0, FAR);
        metric.freed(0, FAR); // the same CPU, but the head's home is elsewhere
        metric.took(0, NEAR);
        metric.freed(3, NEAR); // another CPU on another node

        assertThat(metric.onOtherCpu()).hasValue(0.5);
        assertThat(metric.onOtherNode()).hasValue(0.5);
    }

    @Test
    void shouldSayNothingOfARunWithoutFrees() {
        metric.took(0, NEAR);

        assertThat(metric.onOtherCpu()).isEmpty();
        assertThat(metric.onOtherNode()).isEmpty();
    }
}
