package headcache.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SlabConfigTest {

    @Test
    void theLargestSlabNamesEveryHead() {
        assertThat(SlabConfig.LARGEST).isEqualTo(new SlabConfig(32, 5, 131_072, 0));
    }

    @Test
    void onePageMoreThanCanBeNamedIsRefused() {
        assertThatThrownBy(() -> new SlabConfig(32, 5, 131_072, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slab too large: headsPerPage=32 pageLimit=131072 reservePages=1 make heads=4194336,"
                        + " limit=4194304; lower one of them");
    }

    @Test
    void numbersSoLargeThatTheirProductOverflowsAreRefused() {
        assertThatThrownBy(() -> new SlabConfig(32_767, 0, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .hasMessageContaining("heads=140733193322498,");
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new SlabConfig(0, 5, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("impossible slab: headsPerPage=0 must be 1 to 32767");
        assertThatThrownBy(() -> new SlabConfig(32_768, 5, 1, 0))
                .hasMessage("impossible slab: headsPerPage=32768 must be 1 to 32767");
        assertThatThrownBy(() -> new SlabConfig(32, -1, 1, 0))
                .hasMessage("impossible slab: minPartial=-1 must be 0 to 2147483647");
        assertThatThrownBy(() -> new SlabConfig(32, 5, -1, 0)).hasMessageContaining(" pageLimit=-1 ");
        assertThatThrownBy(() -> new SlabConfig(32, 5, 1, -1)).hasMessageContaining(" reservePages=-1 ");
    }
}
