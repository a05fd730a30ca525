package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OccupancyTest {
    private final Occupancy occupancy = new Occupancy(2);

    @Test
    void shouldKeepEveryOperationOfAShortRun() {
        occupancy.operated(0, 15);
        occupancy.operated(0, 14);
        occupancy.operated(1, 64);
        occupancy.rests(1, 32); // it spilled

        assertThat(occupancy.width()).isEqualTo(1);
        assertThat(occupancy.highest(0)).containsExactly(15, 14, 14);
        assertThat(occupancy.lowest(0)).containsExactly(15, 14, 14);
        assertThat(occupancy.highest(1)).containsExactly(0, 0, 64);
        assertThat(occupancy.lowest(1)).containsExactly(0, 0, 32);
        assertThat(occupancy.beginning(0)).containsExactly(15, 14, 14);
        assertThat(occupancy.beginning(1)).containsExactly(0, 0, 32);
    }

    /** A saw of 0 to 3: each span of four operations has seen all of it. */
    @Test
    void shouldDoubleItsSpansInPlaceOfGrowing() {
        for (int i = 0; i < 4 * Occupancy.SPANS; i++) {
            occupancy.operated(0, i % 4);
        }

        assertThat(occupancy.width()).isEqualTo(4);
        assertThat(occupancy.spans()).isEqualTo(Occupancy.SPANS);
        assertThat(occupancy.lowest(0)).containsOnly(0);
        assertThat(occupancy.highest(0)).containsOnly(3).hasSize(Occupancy.SPANS);

        assertThat(occupancy.beginning(0))
                .hasSize(Occupancy.BEGINNING)
                .startsWith(0, 1, 2, 3, 0)
                .endsWith(2, 3);

        occupancy.operated(0, 9);
        assertThat(occupancy.width()).isEqualTo(8);
        assertThat(occupancy.spans()).isEqualTo(Occupancy.SPANS / 2 + 1);
        assertThat(occupancy.highest(0)[Occupancy.SPANS / 2]).isEqualTo(9);
    }

    @Test
    void shouldBeEmptyBeforeAnythingHappened() {
        assertThat(occupancy.spans()).isZero();
        assertThat(occupancy.highest(0)).isEmpty();
    }
}
