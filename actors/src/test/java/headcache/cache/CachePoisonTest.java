package headcache.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.step.HeadMisuse;
import headcache.step.HeadMisuse.Rule;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachePoisonTest {
    private static final int HEAD = Head.plain(1, 17);
    private static final int OTHER = Head.plain(0, 3);

    private final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, new CpuId(2));

    @Test
    void aSecondPutIsNamedWithHeadCpuAndHistory() {
        cache.refill(new int[] {OTHER, 5, HEAD});
        cache.pop();
        cache.pop();
        cache.push(HEAD);
        assertMisuse(
                () -> cache.push(HEAD),
                Rule.DOUBLE_FREE,
                "DOUBLE_FREE: head=n1/17 at=cpu-2: put, but it is parked already, in slot 1; history: refill #2 into slot 2"
                        + " (left since), put #3 into slot 1 (parked); arrivals so far: 4");
        assertThat(cache.takeAll()).containsExactly(OTHER, HEAD);
    }

    @Test
    void aPutOfAHeadThatCameByARefillAndWasNeverGotIsADoubleFreeToo() {
        cache.refill(new int[] {OTHER});
        assertMisuse(
                () -> cache.push(OTHER),
                Rule.DOUBLE_FREE,
                "DOUBLE_FREE: head=n0/3 at=cpu-2: put, but it is parked already, in slot 0; history: refill #0 into slot 0"
                        + " (parked); arrivals so far: 1");
    }

    @Test
    void aRefillThatDeliversAParkedHeadIsNoticed() {
        cache.push(HEAD);
        assertMisuse(
                () -> cache.refill(new int[] {OTHER, HEAD, 5}),
                Rule.DOUBLE_FREE,
                "DOUBLE_FREE: head=n1/17 at=cpu-2: delivered by a refill, but it is parked already, in slot 0; history:"
                        + " put #0 into slot 0 (parked); arrivals so far: 2");
        assertThat(cache.takeAll()).containsExactly(HEAD, OTHER);
    }

    @Test
    void aPairOfTwinsIsOfAnotherSlab() {
        final int pair = Head.fclone(1, 17);
        cache.push(HEAD);
        assertMisuse(
                () -> cache.push(pair),
                Rule.WRONG_SLAB,
                "WRONG_SLAB: head=n1/f17 at=cpu-2: put, but it is no head of the slab of plain heads; history: none;"
                        + " arrivals so far: 1");
        assertMisuse(
                () -> cache.refill(new int[] {pair}),
                Rule.WRONG_SLAB,
                "WRONG_SLAB: head=n1/f17 at=cpu-2: delivered by a refill, but it is no head of the slab of plain heads;"
                        + " history: none; arrivals so far: 1");
        assertThat(cache.takeAll()).containsExactly(HEAD);
    }

    @Test
    void noHeadAtAllIsRefusedToo() {
        assertMisuse(
                () -> cache.push(Head.NONE),
                Rule.WRONG_SLAB,
                "WRONG_SLAB: head=none at=cpu-2: put, but it is no head of the slab of plain heads; history: none;"
                        + " arrivals so far: 0");
    }

    @Test
    void aUseOfAnSkbWhoseHeadIsParkedIsNamedWithTheUse() {
        cache.push(OTHER);
        cache.push(HEAD);
        assertMisuse(
                () -> cache.checkInUse(HEAD, "napi_consume_skb"),
                Rule.USE_AFTER_FREE,
                "USE_AFTER_FREE: head=n1/17 at=cpu-2: napi_consume_skb on an skb whose head is parked in slot 1; history:"
                        + " put #1 into slot 1 (parked); arrivals so far: 2");
    }

    @Test
    void aHeadThatWasGotMayBeUsedAndPutAgain() {
        cache.push(HEAD);
        cache.pop();
        assertThatNoException().isThrownBy(() -> cache.checkInUse(HEAD, "skb_get"));
        cache.push(HEAD);
        assertThat(cache.isParked(HEAD)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aSpillFreesWhatItTakesAndNothingElse(SpillEnd end) {
        final HeadCache small = new ArrayStackCache(new CachePolicy(4, 2, 2, end), new CpuId(2));
        IntStream.range(0, 4).forEach(small::push);
        final int[] spilled = small.takeSpill();
        assertThat(IntStream.range(0, 4).filter(small::isParked))
                .containsExactly(small.head(0), small.head(1))
                .doesNotContain(spilled[0], spilled[1]);
        IntStream.of(spilled).forEach(small::push);
        assertThat(IntStream.range(0, 4)).allMatch(small::isParked);
        small.takeAll();
        assertThat(IntStream.range(0, 4)).noneMatch(small::isParked);
    }

    @Test
    void headsThatShareABucketAreToldApart() {
        final HeadCache small = new ArrayStackCache(new CachePolicy(3, 1, 1, SpillEnd.NEWEST), new CpuId(2));
        for (int second = 1; second < 100; second++) {
            small.push(0);
            small.push(second);
            assertThat(small.isParked(0)).isTrue();
            assertThat(small.isParked(second)).isTrue();
            assertThat(small.pop()).isEqualTo(second);
            assertThat(small.isParked(0)).isTrue();
            assertThat(small.isParked(second)).isFalse();
            small.pop();
            assertThat(small.isParked(0)).isFalse();
        }
    }

    @Test
    void theSameIndexOnAnotherNodeIsAnotherHead() {
        for (int node = 0; node < 60; node++) {
            cache.push(Head.plain(node, 17));
        }
        assertThat(cache.isParked(Head.plain(59, 17))).isTrue();
        assertThat(cache.isParked(Head.plain(60, 17))).isFalse();
        assertThat(cache.isParked(Head.fclone(59, 17))).isFalse();
        assertThat(cache.isParked(Head.NONE)).isFalse();
    }

    @Test
    void theHistoryGoesBackToTheLatestArrivalInEachSlot() {
        cache.push(HEAD);
        cache.pop();
        assertThat(cache.history(HEAD)).isEqualTo("put #0 into slot 0 (left since); arrivals so far: 1");
        cache.push(OTHER);
        assertThat(cache.history(HEAD)).isEqualTo("none; arrivals so far: 2");
    }

    @Test
    void theHistoryFollowsAHeadThatASpillMovesDown() {
        final HeadCache small = new ArrayStackCache(new CachePolicy(3, 1, 1, SpillEnd.OLDEST), new CpuId(2));
        small.push(5);
        small.push(OTHER);
        small.push(HEAD);
        small.takeSpill();
        assertThat(small.history(5)).isEqualTo("none; arrivals so far: 3");
        assertThat(small.history(HEAD)).isEqualTo("put #2 into slot 1 (parked); arrivals so far: 3");
    }

    private static void assertMisuse(ThrowingCallable call, Rule rule, String message) {
        assertThatExceptionOfType(HeadMisuse.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(misuse -> assertThat(misuse.rule()).isEqualTo(rule));
    }
}
