package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineConfigTest {

    @Test
    void shouldLookAtOtherNodesAsReadilyAsTheKernelUnlessToldOtherwise() {
        assertThat(MachineConfig.of(Topology.even(2, 2)).remoteNodeDefragRatio())
                .isEqualTo(1000);
    }
}
