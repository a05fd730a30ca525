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
        cache.refill(new int[] {OTHER, HEAD});
        cache.pop();
        cache.push(HEAD);
        assertMisuse(
                () -> cache.push(HEAD),
                Rule.DOUBLE_FREE,
                "DOUBLE_FREE: head=n1/17 at=cpu-2: put, but it is parked already, in slot 1; history: parked in slot 1 of 2;"
                        + " refill #1, get #2, put #3 (of moves #0 to #3)");
        assertThat(cache.count()).isEqualTo(2);
    }

    @Test
    void aPutOfAHeadThatCameByARefillAndWasNeverGotIsADoubleFreeToo() {
        cache.refill(new int[] {OTHER});
        assertMisuse(
                () -> cache.push(OTHER),
                Rule.DOUBLE_FREE,
                "DOUBLE_FREE: head=n0/3 at=cpu-2: put, but it is parked already, in slot 0; history: parked in slot 0 of 1;"
                        + " refill #0 (of moves #0 to #0)");
    }

    @Test
    void aRefillThatDeliversAParkedHeadIsNoticed() {
        cache.push(HEAD);
        assertMisuse(
                () -> cache.refill(new int[] {OTHER, HEAD, 5}),
                Rule.DOUBLE_FREE,
                "DOUBLE_FREE: head=n1/17 at=cpu-2: delivered by a refill, but it is parked already, in slot 0; history:"
                        + " parked in slot 0 of 2; put #0 (of moves #0 to #1)");
        assertThat(cache.takeAll()).containsExactly(HEAD, OTHER);
    }

    @Test
    void aPairOfTwinsIsOfAnotherSlab() {
        final int pair = Head.fclone(1, 17);
        cache.push(HEAD);
        assertMisuse(
                () -> cache.push(pair),
                Rule.WRONG_SLAB,
                "WRONG_SLAB: head=n1/f17 at=cpu-2: put, but it is no head of the slab of plain heads; history: not parked;"
                        + " none of moves #0 to #0");
        assertMisuse(
                () -> cache.refill(new int[] {pair}),
                Rule.WRONG_SLAB,
                "WRONG_SLAB: head=n1/f17 at=cpu-2: delivered by a refill, but it is no head of the slab of plain heads;"
                        + " history: not parked; none of moves #0 to #0");
        assertThat(cache.takeAll()).containsExactly(HEAD);
    }

    @Test
    void noHeadAtAllIsRefusedToo() {
        assertMisuse(
                () -> cache.push(Head.NONE),
                Rule.WRONG_SLAB,
                "WRONG_SLAB: head=none at=cpu-2: put, but it is no head of the slab of plain heads; history: not parked;"
                        + " no moves yet");
    }

    @Test
    void aUseOfAnSkbWhoseHeadIsParkedIsNamedWithTheUse() {
        cache.push(OTHER);
        cache.push(HEAD);
        assertMisuse(
                () -> cache.checkInUse(HEAD, "napi_consume_skb"),
                Rule.USE_AFTER_FREE,
                "USE_AFTER_FREE: head=n1/17 at=cpu-2: napi_consume_skb on an skb whose head is parked in slot 1; history:"
                        + " parked in slot 1 of 2; put #1 (of moves #0 to #1)");
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
    void theHistoryReaches128MovesBack() {
        cache.push(HEAD);
        for (int i = 0; i < 63; i++) {
            cache.push(OTHER);
            cache.pop();
        }
        cache.push(OTHER);
        assertThat(cache.history(HEAD)).isEqualTo("parked in slot 0 of 2; put #0 (of moves #0 to #127)");
        cache.pop();
        assertThat(cache.history(HEAD)).isEqualTo("parked in slot 0 of 1; none of moves #1 to #128");
    }

    @Test
    void theHistoryTellsASpill() {
        final HeadCache small = new ArrayStackCache(new CachePolicy(2, 1, 1, SpillEnd.OLDEST), new CpuId(2));
        small.push(HEAD);
        small.push(OTHER);
        small.takeSpill();
        assertThat(small.history(HEAD)).isEqualTo("not parked; put #0, spill #2 (of moves #0 to #2)");
    }

    private static void assertMisuse(ThrowingCallable call, Rule rule, String message) {
        assertThatExceptionOfType(HeadMisuse.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(misuse -> assertThat(misuse.rule()).isEqualTo(rule));
    }
}
