package headcache.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlabBatchTest {

    /** 32 heads lie on a page. What is taken last lies on the CPU's own page, and a bulk free makes a chain of each page. */
    @Test
    void shouldCountPagesOfASlabOfItsOwn() {
        assertThat(SlabBatch.alone(16)).isEqualTo(new SlabBatch(16, 1, 16, 1));
        assertThat(SlabBatch.alone(32)).isEqualTo(new SlabBatch(32, 1, 32, 1));
        assertThat(SlabBatch.alone(34)).isEqualTo(new SlabBatch(34, 2, 2, 2));
        assertThat(SlabBatch.alone(64)).isEqualTo(new SlabBatch(64, 2, 32, 2));
        assertThat(SlabBatch.alone(250).pages()).isEqualTo(8);
        assertThat(SlabBatch.alone(250).foreign()).isEqualTo(7 * 32);
    }

    /** Of each page 16 are free, so that 32 need two pages and 64 four. */
    @Test
    void shouldCountPagesThatOthersUseToo() {
        assertThat(SlabBatch.shared(16, 16)).isEqualTo(new SlabBatch(16, 1, 16, 1));
        assertThat(SlabBatch.shared(32, 16)).isEqualTo(new SlabBatch(32, 2, 16, 2));
        assertThat(SlabBatch.shared(64, 16)).isEqualTo(new SlabBatch(64, 4, 16, 4));
    }
}
