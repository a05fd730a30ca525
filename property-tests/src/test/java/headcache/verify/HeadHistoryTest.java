package headcache.verify;

import static headcache.verify.Scene.CPU0;
import static headcache.verify.Scene.NODE0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import headcache.protocol.Head;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import headcache.verify.HeadHistory.Entry;
import org.junit.jupiter.api.Test;

class HeadHistoryTest {
    private static final int H = Head.plain(0, 17);
    private static final int OTHER = Head.plain(0, 18);

    private final HeadHistory history = new HeadHistory(H);

    @Test
    void shouldKeepTheEventsOfOneHeadWithTheNumbersOfAll() {
        new Scene(history)
                .refill(CPU0, OTHER)
                .refill(CPU0, H)
                .step(CPU0, e -> e.get(H, 1).born(H, WayIn.NAPI_BUILD_SKB));

        assertThat(history.entries())
                .containsExactly(
                        new Entry(3, 3, NODE0, EventKind.SLAB_OUT, H, 0, null, 1, Head.NONE),
                        new Entry(4, 4, CPU0, EventKind.REFILL, H, 0, null, 0, Head.NONE),
                        new Entry(5, 5, CPU0, EventKind.GET, H, 1, null, 0, Head.NONE),
                        new Entry(6, 5, CPU0, EventKind.BORN, H, WayIn.NAPI_BUILD_SKB.ordinal(), null, 0, Head.NONE),
                        new Entry(7, 5, CPU0, EventKind.DATA_TAKEN, H, 0, null, 0, Head.NONE));
        assertThat(history.left()).isZero();
    }

    @Test
    void shouldKnowWhoDropsItsData() {
        new Scene(history)
                .step(
                        CPU0,
                        e -> e.dropData(OTHER)
                                .dropData(H)
                                .died(OTHER, WayOut.KFREE_SKB)
                                .dropData(H)
                                .dropData(OTHER)
                                .died(OTHER, WayOut.GRO_LIST_MEMBER)
                                .died(H, WayOut.KFREE_SKB));

        assertThat(history.entries())
                .extracting(Entry::kind, Entry::skb)
                .containsExactly(
                        tuple(EventKind.DATA_DROPPED, OTHER),
                        tuple(EventKind.DATA_DROPPED, H),
                        tuple(EventKind.DIED, Head.NONE));
    }

    @Test
    void shouldKeepWhatOthersDoToItAsAnAggregate() {
        new Scene(history)
                .step(
                        CPU0,
                        e -> e.tell(EventKind.DATA_ADOPTED, OTHER, H)
                                .tell(EventKind.LINKED, OTHER, H)
                                .tell(EventKind.GET, OTHER, H));

        assertThat(history.entries()).extracting(Entry::kind).containsExactly(EventKind.DATA_ADOPTED, EventKind.LINKED);
    }
}
