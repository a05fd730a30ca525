package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.middle.Batches;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Batches of four heads, three taken back at a visit, worked out by hand from the description of snmalloc's remote cache;
 * caches of four heads that ask for two and give back two. In comments: the cache of cpu-0, the head on top last, and its
 * queue in braces; what others have set aside for it and for cpu-1.
 */
class BatchesTest {
    private static final CpuId CPU_2 = new CpuId(2);

    private final List<String> told = new ArrayList<>();
    private final StepBench bench = new StepBench(MachineConfig.of(Topology.even(3, 1))
            .with(CpuPolicy.of(new Batches(new CachePolicy(4, 2, 2, SpillEnd.NEWEST), 4, 3))));

    private void get(ActorName cpu, int... slots) {
        for (final int slot : slots) {
            note("get " + slot, cpu, Op.allocate(WayIn.NAPI_BUILD_SKB, slot));
        }
    }

    private void put(ActorName cpu, int... slots) {
        for (final int slot : slots) {
            note("put " + slot, cpu, Op.release(WayOut.NAPI_CONSUME_SKB, slot));
        }
    }

    private void note(String call, ActorName cpu, Op op) {
        bench.runOn(cpu, op).stream()
                .filter(line -> line.matches("(GET|PUT|REFILL|SPILL|SET_ASIDE|POSTED|TAKEN_BACK) .*"))
                .forEach(line -> told.add(call + ": " + line));
        for (final CpuId other : List.of(CPU, CPU_1, CPU_2)) {
            bench.heads(other).stream()
                    .filter(line -> line.startsWith("CAME_BACK"))
                    .forEach(line -> told.add(call + ": " + other + " " + line));
        }
    }

    @Test
    void theExampleWorkedOutByHand() {
        get(CPU, 0, 1, 2, 3, 4, 5); // two at a time from the slab: 1 0, 3 2, 5 4; [ ] {}
        get(CPU_1, 6); //              cpu-1 owns 7 and 6
        put(CPU, 0); //                its own: [1] {}
        put(CPU_2, 1); //              set aside for cpu-0: 0
        put(CPU_2, 6); //              for cpu-1: 7
        put(CPU_2, 2, 3); //           for cpu-0: 0 3 2; that makes four, so both slots are posted. [1] {0 3 2}
        put(CPU_2, 4); //              for cpu-0: 5
        get(CPU, 7); //                its cache has one: it does not look at what came back. [ ] {0 3 2}
        get(CPU, 8); //                three at most: [0 3] {}
        put(CPU_2, 5); //              for cpu-0: 5 4, less than the budget
        get(CPU, 9, 10, 11); //        [ ], nothing came back since: the slab
        get(CPU_1, 12); //             [ ] {7}: 6 is on top of its cache
        get(CPU_1, 13); //             now it takes 7 back

        assertThat(told)
                .containsExactly(
                        "get 0: REFILL n0/0-1 slots 0-1",
                        "get 0: GET n0/1 1",
                        "get 1: GET n0/0 0",
                        "get 2: REFILL n0/2-3 slots 0-1",
                        "get 2: GET n0/3 1",
                        "get 3: GET n0/2 0",
                        "get 4: REFILL n0/4-5 slots 0-1",
                        "get 4: GET n0/5 1",
                        "get 5: GET n0/4 0",
                        "get 6: REFILL n0/6-7 slots 0-1",
                        "get 6: GET n0/7 1",
                        "put 0: PUT n0/1 1",
                        "put 1: SET_ASIDE n0/0 for cpu-0",
                        "put 6: SET_ASIDE n0/7 for cpu-1",
                        "put 2: SET_ASIDE n0/3 for cpu-0",
                        "put 3: SET_ASIDE n0/2 for cpu-0",
                        "put 3: POSTED n0/0 to cpu-0",
                        "put 3: POSTED n0/3 to cpu-0",
                        "put 3: POSTED n0/2 to cpu-0",
                        "put 3: POSTED n0/7 to cpu-1",
                        "put 3: cpu-0 CAME_BACK n0/0 1",
                        "put 3: cpu-0 CAME_BACK n0/3 2",
                        "put 3: cpu-0 CAME_BACK n0/2 3",
                        "put 3: cpu-1 CAME_BACK n0/7 1",
                        "put 4: SET_ASIDE n0/5 for cpu-0",
                        "get 7: GET n0/1 0",
                        "get 8: TAKEN_BACK n0/0 slot 0",
                        "get 8: TAKEN_BACK n0/3-2 slots 1-2",
                        "get 8: GET n0/2 2",
                        "put 5: SET_ASIDE n0/4 for cpu-0",
                        "get 9: GET n0/3 1",
                        "get 10: GET n0/0 0",
                        "get 11: REFILL n0/8-9 slots 0-1",
                        "get 11: GET n0/9 1",
                        "get 12: GET n0/6 0",
                        "get 13: TAKEN_BACK n0/7 slot 0",
                        "get 13: GET n0/7 0");
        assertThat(bench.cpu(CPU_2).report().setAside()).isEqualTo(6);
        assertThat(bench.cpu(CPU_2).report().posts()).isEqualTo(2);
        assertThat(bench.cpu(CPU_2).report().parked()).isEqualTo(2);
    }

    @Test
    void aDrainGivesHomeWhatIsSetAsideAndWhatCameBack() {
        get(CPU, 0, 1, 2, 3, 4);
        put(CPU_2, 0, 1, 2, 3, 4);
        assertThat(bench.cpu(CPU).report().parked()).isEqualTo(5);
        assertThat(bench.cpu(CPU_2).report().parked()).isEqualTo(1);

        for (final CpuId cpu : List.of(CPU, CPU_2)) {
            bench.send(cpu, new CpuMessage.Drain(StepBench.DRIVER));
            bench.settle();
        }

        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
    }

    /** cpu-0 is drained before cpu-2 posts: what comes back then is home before cpu-2 goes on. */
    @Test
    void whatComesBackToADrainedCpuGoesHomeUntilItHasWorkAgain() {
        get(CPU, 0, 1, 2, 3);
        bench.send(CPU, new CpuMessage.Drain(StepBench.DRIVER));
        bench.settle();
        put(CPU_2, 0, 1, 2, 3);
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();

        get(CPU, 4, 5, 6, 7);
        put(CPU_2, 4, 5, 6, 7);
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(4);
        assertThat(bench.cpu(CPU).report().parked()).isEqualTo(4);
    }

    /** The survivor owns what comes later; what it owned itself and is sent on to it, it keeps without asking itself. */
    @Test
    void whatComesBackToAnOfflineCpuGoesToTheSurvivor() {
        get(CPU, 0, 1, 2, 3, 4);
        put(CPU_2, 0);
        bench.send(CPU, new CpuMessage.Offline(StepBench.DRIVER, OfflinePolicy.PARK, CPU_2));
        bench.settle();
        put(CPU_2, 1, 2, 3);

        assertThat(bench.cpu(CPU).report().parked()).isEqualTo(1);
        assertThat(bench.cpu(CPU_2).report().parked()).isEqualTo(4);
        get(CPU_2, 5);
        assertThat(bench.cpu(CPU_2).report().takenBack()).isEqualTo(3);
        assertThat(bench.cpu(CPU_2).report().fetched()).isZero();
    }
}
