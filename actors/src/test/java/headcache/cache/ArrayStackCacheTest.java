package headcache.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.step.StateBytes;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayStackCacheTest {

    @Nested
    class Get {

        @Test
        void aRefillIsPoppedFromItsEnd() {
            final HeadCache cache = linux();
            cache.refill(heads(100, 116));
            assertThat(cache.count()).isEqualTo(16);
            assertThat(pop(cache, 16))
                    .containsExactly(115, 114, 113, 112, 111, 110, 109, 108, 107, 106, 105, 104, 103, 102, 101, 100);
            assertThat(cache.isEmpty()).isTrue();
        }

        @Test
        void fifteenRemainAfterAGetOnEmpty() {
            final HeadCache cache = linux();
            cache.refill(heads(0, cache.refillSize()));
            assertThat(cache.pop()).isEqualTo(15);
            assertThat(cache.count()).isEqualTo(15);
        }

        @Test
        void theHeadThatWasPutLastIsGotFirst() {
            final HeadCache cache = linux();
            cache.refill(heads(0, 16));
            push(cache, 500, 503);
            assertThat(pop(cache, 4)).containsExactly(502, 501, 500, 15);
        }

        @Test
        void aRefillThatDeliversNothingLeavesTheCacheEmpty() {
            final HeadCache cache = linux();
            cache.refill(new int[0]);
            assertThat(cache.isEmpty()).isTrue();
        }

        @Test
        void aRefillOfTheWholeCapacityIsFullOnlyUntilTheGetThatAskedForIt() {
            final HeadCache cache = cache(8, 8, 4, SpillEnd.NEWEST);
            cache.refill(heads(0, cache.refillSize()));
            assertThat(cache.isFull()).isTrue();
            assertThat(cache.pop()).isEqualTo(7);
            assertThat(cache.count()).isEqualTo(7);
            assertThat(cache.isFull()).isFalse();
        }

        @Test
        void aGetFromAnEmptyCacheIsRefused() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> linux().pop())
                    .withMessage("get from an empty cache: at=cpu-3, count=0; refill it first");
        }

        @Test
        void aRefillThatDoesNotFitIsRefusedWhole() {
            final HeadCache cache = cache(4, 2, 3, SpillEnd.NEWEST);
            push(cache, 0, 3);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cache.refill(heads(10, 12)))
                    .withMessage("refill does not fit: at=cpu-3, heads=2, count=3, capacity=4");
            assertThat(contents(cache)).containsExactly(0, 1, 2);
        }

        @Test
        void onlyTheFirstHeadsOfALargerArrayAreLaid() {
            final HeadCache cache = linux();
            cache.refill(heads(0, 64), 3);
            assertThat(contents(cache)).containsExactly(0, 1, 2);
        }
    }

    @Nested
    class Put {

        @Test
        void the64thPutSpillsTheNewest32AndKeepsTheOldest32() {
            final HeadCache cache = linux();
            push(cache, 0, 63);
            assertThat(cache.isFull()).isFalse();
            cache.push(63);
            assertThat(cache.isFull()).isTrue();
            assertThat(cache.spillFloor()).isEqualTo(32);
            assertThat(cache.takeSpill()).containsExactly(heads(32, 64));
            assertThat(contents(cache)).containsExactly(heads(0, 32));
        }

        @Test
        void theGetAfterASpillIsServedFromSlot31NotTheHeadPutLast() {
            final HeadCache cache = linux();
            push(cache, 0, 64);
            cache.takeSpill();
            assertThat(pop(cache, 2)).containsExactly(31, 30);
        }

        @Test
        void afterARefillAndAGet49PutsSpill() {
            final HeadCache cache = linux();
            cache.refill(heads(0, 16));
            cache.pop();
            assertThat(putsUntilFull(cache, 1000)).isEqualTo(49);
        }

        @Test
        void afterASpill32GetsAreFreeAnd32PutsSpillAgain() {
            final HeadCache cache = linux();
            assertThat(putsUntilFull(cache, 1000)).isEqualTo(64);
            cache.takeSpill();
            assertThat(putsUntilFull(cache, 2000)).isEqualTo(32);
            cache.takeSpill();
            pop(cache, 32);
            assertThat(cache.isEmpty()).isTrue();
        }

        @Test
        void theOldestEndGivesTheOldestAndMovesTheOthersDown() {
            final HeadCache cache = cache(64, 16, 32, SpillEnd.OLDEST);
            push(cache, 0, 64);
            assertThat(cache.spillFloor()).isZero();
            assertThat(cache.takeSpill()).containsExactly(heads(0, 32));
            assertThat(contents(cache)).containsExactly(heads(32, 64));
            assertThat(cache.pop()).isEqualTo(63);
        }

        @Test
        void aSmallPolicyFollowsTheSameRules() {
            final HeadCache cache = cache(4, 2, 3, SpillEnd.NEWEST);
            cache.refill(heads(100, 102));
            assertThat(cache.pop()).isEqualTo(101);
            push(cache, 0, 3);
            assertThat(cache.isFull()).isTrue();
            assertThat(cache.takeSpill()).containsExactly(0, 1, 2);
            assertThat(contents(cache)).containsExactly(100);
        }

        @Test
        void aSmallPolicySpillsFromTheOldestEndToo() {
            final HeadCache cache = cache(4, 2, 3, SpillEnd.OLDEST);
            push(cache, 0, 4);
            assertThat(cache.takeSpill()).containsExactly(0, 1, 2);
            assertThat(contents(cache)).containsExactly(3);
        }

        @Test
        void aCacheOfOneSlotParksNothing() {
            final HeadCache cache = cache(1, 1, 1, SpillEnd.NEWEST);
            cache.push(7);
            assertThat(cache.takeSpill()).containsExactly(7);
            assertThat(cache.isEmpty()).isTrue();
        }

        @Test
        void theBufferBeforeTheSeriesGivesAllBackAndIsEmpty() {
            final HeadCache cache = new ArrayStackCache(CachePolicy.BEFORE_SERIES, new CpuId(3));
            push(cache, 0, 64);
            assertThat(cache.takeSpill()).containsExactly(heads(0, 64));
            assertThat(cache.isEmpty()).isTrue();
        }

        @Test
        void aPutIntoAFullCacheIsRefused() {
            final HeadCache cache = cache(4, 2, 3, SpillEnd.NEWEST);
            push(cache, 0, 4);
            assertThatIllegalStateException()
                    .isThrownBy(() -> cache.push(Head.plain(1, 9)))
                    .withMessage("put into a full cache: at=cpu-3, head=n1/9, count=4; spill first");
            assertThat(contents(cache)).containsExactly(0, 1, 2, 3);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 63})
        void aSpillOfACacheThatIsNotFullIsRefused(int count) {
            final HeadCache cache = linux();
            push(cache, 0, count);
            assertThatIllegalStateException()
                    .isThrownBy(cache::takeSpill)
                    .withMessage("spill of a cache that is not full: at=cpu-3, count=" + count + ", capacity=64");
        }
    }

    @Test
    void aDrainTakesAllLowestSlotFirst() {
        final HeadCache cache = linux();
        cache.refill(heads(0, 16));
        assertThat(cache.isEmpty()).isFalse();
        push(cache, 500, 502);
        assertThat(cache.takeAll()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 500, 501);
        assertThat(cache.isEmpty()).isTrue();
        assertThat(cache.takeAll()).isEmpty();
    }

    @Test
    void aHeadIsRecycledIfItCameByAPut() {
        final HeadCache cache = linux();
        cache.refill(heads(0, 2));
        push(cache, 500, 502);
        assertThat(IntStream.range(0, 4).mapToObj(cache::isRecycled)).containsExactly(false, false, true, true);
        pop(cache, 3);
        cache.push(1);
        assertThat(IntStream.range(0, 2).mapToObj(cache::isRecycled)).containsExactly(false, true);
    }

    @Test
    void whatIsKeptAfterASpillStaysRecycledOrFetched() {
        final HeadCache cache = cache(4, 2, 1, SpillEnd.OLDEST);
        cache.refill(heads(0, 2));
        push(cache, 500, 502);
        cache.takeSpill();
        assertThat(IntStream.range(0, 3).mapToObj(cache::isRecycled)).containsExactly(false, true, true);
        assertThat(contents(cache)).containsExactly(1, 500, 501);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 64})
    void aSlotWithoutAHeadIsRefused(int slot) {
        final HeadCache cache = linux();
        push(cache, 0, 2);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cache.head(slot))
                .withMessage("no head in that slot: at=cpu-3, slot=" + slot + ", count=2");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cache.isRecycled(slot));
    }

    @Test
    void aCopyGoesItsOwnWay() {
        final HeadCache cache = linux();
        push(cache, 0, 3);
        final HeadCache copy = cache.copy();
        cache.pop();
        copy.push(9);
        cache.push(8);
        assertThat(contents(cache)).containsExactly(0, 1, 8);
        assertThat(contents(copy)).containsExactly(0, 1, 2, 9);
        assertThat(cache.isParked(2)).isFalse();
        assertThat(copy.isParked(2)).isTrue();
        assertThat(cache.isParked(9)).isFalse();
        assertThat(cache.history(9)).isEqualTo("none; arrivals so far: 4");
        assertThat(copy.history(9)).isEqualTo("put #3 into slot 3 (parked); arrivals so far: 4");
    }

    @Test
    void theEncodingIsTheParkedHeadsAndNothingElse() {
        final HeadCache fetched = linux();
        fetched.refill(heads(0, 3));
        final HeadCache put = linux();
        push(put, 0, 4);
        put.pop();
        assertThat(encoded(fetched)).isEqualTo(encoded(put)).containsExactly(3 << 1, 0, 1 << 1, 2 << 1);
        put.push(4);
        assertThat(encoded(fetched)).isNotEqualTo(encoded(put));
    }

    private static HeadCache linux() {
        return new ArrayStackCache(CachePolicy.LINUX_5_12, new CpuId(3));
    }

    private static HeadCache cache(int capacity, int refill, int spill, SpillEnd end) {
        return new ArrayStackCache(new CachePolicy(capacity, refill, spill, end), new CpuId(3));
    }

    private static int[] heads(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static void push(HeadCache cache, int from, int to) {
        IntStream.range(from, to).forEach(cache::push);
    }

    private static int[] pop(HeadCache cache, int count) {
        return IntStream.range(0, count).map(i -> cache.pop()).toArray();
    }

    private static int[] contents(HeadCache cache) {
        return IntStream.range(0, cache.count()).map(cache::head).toArray();
    }

    private static int putsUntilFull(HeadCache cache, int firstHead) {
        int puts = 0;
        while (!cache.isFull()) {
            cache.push(firstHead + puts);
            puts++;
        }
        return puts;
    }

    private static byte[] encoded(HeadCache cache) {
        final StateBytes bytes = new StateBytes();
        cache.encode(bytes);
        return bytes.toArray();
    }
}
