package headcache.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.policy.Policies;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DPDK's caches of four objects, each in an example worked out by hand from the description of {@code rte_mempool}. */
class DpdkTest {
    private final List<String> contacts = new ArrayList<>();
    private StepBench bench = StepBench.oneCpu();

    private void with(CachePolicy cache) {
        bench = StepBench.oneCpu(new CpuPolicy(cache, Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT));
    }

    private void get(int... slots) {
        for (final int slot : slots) {
            note("get " + slot, bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, slot)));
        }
    }

    private void put(int... slots) {
        for (final int slot : slots) {
            note("put " + slot, bench.run(Op.release(WayOut.NAPI_CONSUME_SKB, slot)));
        }
    }

    private void note(String call, List<String> events) {
        events.stream()
                .filter(line -> line.startsWith("REFILL ") || line.startsWith("SPILL "))
                .forEach(line -> contacts.add(call + ": " + line));
    }

    /** Size 4 holds 6. A get on empty fetches 4 and the one asked for; the seventh put gives all six back. */
    @Test
    void untilMarch2026AFullCacheGoesBackWhole() {
        with(Policies.dpdkUntil2603(4));

        get(0, 1, 2, 3, 4); // fetches 0 to 4, and takes all of them
        get(5, 6, 7); //       fetches 5 to 9, and leaves 5 and 6
        put(0, 1, 2, 3); //    6 held
        put(4); //             no room: the six go, the newest stays
        get(8); //             the newest, and nothing is left
        get(9); //             fetches again: two calls between contacts

        assertThat(contacts)
                .containsExactly(
                        "get 0: REFILL n0/0-4 slots 0-4",
                        "get 5: REFILL n0/5-9 slots 0-4",
                        "put 4: SPILL n0/5-6 slots 0-1",
                        "put 4: SPILL n0/4-1 slots 2-5",
                        "get 9: REFILL n0/5-6 slots 0-1",
                        "get 9: REFILL n0/4-2 slots 2-4");
    }

    /** Size 4 holds 4. A get on empty fetches 2; the fifth put gives the oldest 2 back. */
    @Test
    void sinceJuly2026HalfGoesBackAndTheNewerHalfStays() {
        with(Policies.dpdkSince2607(4));

        get(0, 1); //       fetches 0 and 1
        get(2, 3); //       fetches 2 and 3
        get(4, 5); //       fetches 4 and 5
        put(0, 1, 2, 3); // 4 held
        put(4); //          no room: the two oldest go
        get(6, 7, 8); //    the three that stayed
        get(9); //          fetches again: four calls between contacts

        assertThat(contacts)
                .containsExactly(
                        "get 0: REFILL n0/0-1 slots 0-1",
                        "get 2: REFILL n0/2-3 slots 0-1",
                        "get 4: REFILL n0/4-5 slots 0-1",
                        "put 4: SPILL n0/1-0 slots 0-1",
                        "get 9: REFILL n0/1-0 slots 0-1");
    }
}
