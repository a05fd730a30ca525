package headcache.skb;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import headcache.protocol.Skb;
import org.junit.jupiter.api.Test;

/** Fresh skbs are the same values whether they are made or were kept. */
final class FreshSkbsTest {
    private final FreshSkbs fresh = new FreshSkbs(3);

    @Test
    void aHeadThatComesBackFindsTheValueOfTheLastTime() {
        final Skb first = fresh.on(Head.plain(1, 17));

        assertThat(first).isEqualTo(Skb.fresh(Head.plain(1, 17), 3));
        assertThat(fresh.on(Head.plain(1, 17))).isSameAs(first);
    }

    @Test
    void headsThatShareAPlaceAreNeverTakenForOneAnother() {
        final int[] heads = {Head.plain(0, 5), Head.plain(0, 5 + 256), Head.plain(7, 5), Head.fclone(0, 5)};

        for (int round = 0; round < 2; round++) {
            for (final int head : heads) {
                assertThat(fresh.on(head)).isEqualTo(Head.isFclone(head) ? Skb.freshTwin(head, 3) : Skb.fresh(head, 3));
            }
        }
    }
}
