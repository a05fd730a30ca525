package headcache.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.policy.Series;
import headcache.policy.Stage;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The two arrays of v1 of the series, each of three heads, worked out by hand from its patches 3 to 5: {@code
 * __napi_decache_skb}, {@code _kfree_skb_defer} and {@code __kfree_skb_flush}. In the comments, what is in the allocation
 * cache and in the flush cache, the next head last.
 */
class TwoArraysTest {
    private static final Stage VERSION_1 = Series.BESIDE.get(0);

    private final StepBench bench = StepBench.oneCpu(new CpuPolicy(
            new CachePolicy(6, 3, 3, SpillEnd.NEWEST), VERSION_1.policy().kernel(), true, CpuPolicy.BACKLOG_LIMIT));

    private final List<String> contacts = new ArrayList<>();

    private void get(int... slots) {
        for (final int slot : slots) {
            note("get " + slot, bench.run(Op.allocate(WayIn.NAPI_ALLOC_SKB_FRAG, slot)));
        }
    }

    private void put(int... slots) {
        for (final int slot : slots) {
            note("put " + slot, bench.run(Op.release(WayOut.NAPI_CONSUME_SKB, slot)));
        }
    }

    private void end() {
        note("end", bench.run(new Op.PollEnd()));
    }

    private void note(String call, List<String> events) {
        events.stream()
                .filter(line -> line.startsWith("REFILL ") || line.startsWith("SPILL ") || line.startsWith("FLUSH "))
                .forEach(line -> contacts.add(call + ": " + line));
    }

    private int head(int slot) {
        return bench.skb(slot).head();
    }

    /** The slots of one stack are those of the allocation cache, 0 to 2, and of the flush cache, 3 to 5. */
    @Test
    void headsGoToTheSecondArrayOnlyWhenTheFirstIsFull() {
        end(); //        012 -     topped up from nothing
        get(0); //       01  -     2
        get(1, 2); //    -   -     1 and 0
        get(3); //       34  -     both are empty: three at once, and 5 is taken
        end(); //        346 -     one was missing
        put(3); //       346 5     the first is full
        get(4); //       346 -     5: what waits to be flushed is taken first
        get(5); //       34  -     6
        put(4, 5, 0); // 345 62    the first is fed first
        put(1); //       345 -     the second is full: 6, 2 and 1 go
        put(2); //       345 0
        end(); //        345 -     the second is emptied; nothing is missing in the first
        get(6); //       34  -     5
        get(7, 8); //    -   -     4 and 3
        end(); //        062 -     topped up again, with what was given back last

        assertThat(contacts)
                .containsExactly(
                        "end: REFILL n0/0-2 slots 0-2",
                        "get 3: REFILL n0/3-5 slots 0-2",
                        "end: REFILL n0/6 slot 2",
                        "put 1: SPILL n0/6 slot 3",
                        "put 1: SPILL n0/2-1 slots 4-5",
                        "end: FLUSH n0/0 slot 3",
                        "end: REFILL n0/0 slot 0",
                        "end: REFILL n0/6 slot 1",
                        "end: REFILL n0/2 slot 2");
        assertThat(List.of(head(6), head(7), head(8))).containsExactly(5, 4, 3);
        assertThat(bench.cpu(StepBench.CPU).heads().count()).isEqualTo(3);
    }

    @Test
    void eachArrayHasRoomForAPoll() {
        assertThat(VERSION_1.name()).isEqualTo("v1");
        assertThat(VERSION_1.policy().cache()).isEqualTo(new CachePolicy(128, 64, 64, SpillEnd.NEWEST));
    }
}
