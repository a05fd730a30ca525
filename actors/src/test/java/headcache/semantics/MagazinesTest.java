package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.DEPOT;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.middle.DepotStep;
import headcache.middle.Magazines;
import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotReport;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Magazines of two rounds, worked out by hand from sections 3.1 and 3.2 of Bonwick and Adams, "Magazines and Vmem". In
 * comments: the loaded magazine, the previous one, and the depot's, the round that is on top last.
 */
class MagazinesTest {
    private final List<String> contacts = new ArrayList<>();
    private final StepBench bench = machine(0);

    private static StepBench machine(int interval) {
        return new StepBench(MachineConfig.of(Topology.even(2, 1)).with(CpuPolicy.of(new Magazines(2, interval))));
    }

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
                .filter(line -> line.startsWith("GET") || line.startsWith("REFILL ") || line.startsWith("SPILL"))
                .forEach(line -> contacts.add(call + ": " + line));
        bench.heads(DEPOT).forEach(line -> contacts.add(call + ": " + line));
    }

    private DepotReport depot() {
        return bench.step(DEPOT, DepotStep.class).report();
    }

    @Test
    void theExampleWorkedOutByHand() {
        get(CPU, 0, 1, 2, 3, 4, 5); // [ ] [ ]; the depot has nothing: each comes singly from the slab
        put(CPU, 0, 1); //             [0 1] [ ]
        put(CPU, 2); //                loaded is full, previous empty: exchange. [2] [0 1]
        put(CPU, 3); //                [2 3] [0 1]
        put(CPU, 4); //                both full: previous to the depot. [4] [2 3], depot [0 1]
        get(CPU, 6); //                the newest. [ ] [2 3]
        get(CPU, 7); //                loaded is empty, previous full: exchange. [2] [ ]
        put(CPU, 6, 7, 5); //          [2 4] [ ], exchange: [3] [2 4] and [3 5] [2 4]
        get(CPU_1, 8); //              cpu-1 has [ ] [ ]: trades for the depot's. [0] [ ], depot nothing
        get(CPU_1, 9); //              [ ] [ ]
        get(CPU_1, 10); //             nothing at the depot again: one head from the slab
        put(CPU, 8, 9); //             freed where they were not taken: [1] [3 5], depot [2 4]; [1 0] [3 5]

        assertThat(contacts)
                .containsExactly(
                        "get 0: REFILL n0/0 slot 0",
                        "get 0: GET n0/0 0",
                        "get 1: REFILL n0/1 slot 0",
                        "get 1: GET n0/1 0",
                        "get 2: REFILL n0/2 slot 0",
                        "get 2: GET n0/2 0",
                        "get 3: REFILL n0/3 slot 0",
                        "get 3: GET n0/3 0",
                        "get 4: REFILL n0/4 slot 0",
                        "get 4: GET n0/4 0",
                        "get 5: REFILL n0/5 slot 0",
                        "get 5: GET n0/5 0",
                        "put 4: SPILL n0/0-1 slots 0-1",
                        "put 4: DEPOT_IN n0/0-1 slots 0-1",
                        "get 6: GET n0/4 2",
                        "get 7: GET n0/3 1",
                        "get 8: REFILL n0/0-1 slots 0-1",
                        "get 8: GET n0/1 1",
                        "get 8: DEPOT_OUT n0/0-1 slots 0-1",
                        "get 9: GET n0/0 0",
                        "get 10: REFILL n0/6 slot 0",
                        "get 10: GET n0/6 0",
                        "put 8: SPILL n0/2 slot 0",
                        "put 8: SPILL n0/4 slot 1",
                        "put 8: DEPOT_IN n0/2 slot 0",
                        "put 8: DEPOT_IN n0/4 slot 1");
        assertThat(depot()).isEqualTo(new DepotReport(1, 2, 1, 1, 7, 2, 0, 0, 0));
        assertThat(bench.cpu(CPU).heads().count()).isEqualTo(4);
    }

    /**
     * Intervals of two trades. In the first the depot had none at first, so all is needed; in the second never fewer than
     * two, so the two oldest go.
     */
    @Test
    void whatTheWorkingSetDidNotNeedGoesHome() {
        final StepBench reaping = machine(2);
        final int[] slots = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        for (final int slot : slots) {
            reaping.runOn(CPU, Op.allocate(WayIn.BUILD_SKB, slot));
        }
        for (final int slot : slots) {
            reaping.runOn(CPU, Op.release(WayOut.NAPI_CONSUME_SKB, slot));
        }
        assertThat(reaping.heads(DEPOT))
                .containsExactly("DEPOT_IN n0/0-1 slots 0-1", "DEPOT_IN n0/2-3 slots 0-1", "DEPOT_IN n0/4-5 slots 0-1");
        assertThat(reaping.step(DEPOT, DepotStep.class).report().magazines()).isEqualTo(3);

        reaping.runOn(CPU, Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1));
        reaping.runOn(CPU, Op.release(WayOut.NAPI_CONSUME_SKB, 0), Op.release(WayOut.NAPI_CONSUME_SKB, 1));

        assertThat(reaping.heads(DEPOT))
                .containsExactly(
                        "DEPOT_IN n0/6-7 slots 0-1", "DEPOT_REAPED n0/0-1 slots 0-1", "DEPOT_REAPED n0/2-3 slots 0-1");
        assertThat(reaping.step(DEPOT, DepotStep.class).report()).isEqualTo(new DepotReport(2, 4, 4, 0, 0, 4, 0, 2, 0));
        assertThat(reaping.out(NODE, SlabKind.HEAD)).isEqualTo(7);
    }

    @Test
    void aDrainOfTheDepotIsAnsweredWhenTheSlabHasItAll() {
        get(CPU, 0, 1, 2, 3, 4);
        put(CPU, 0, 1, 2, 3, 4);
        bench.send(CPU, new CpuMessage.Drain(StepBench.DRIVER));
        bench.settle();
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(2);
        bench.forget();

        bench.send(DEPOT, new CpuMessage.Drain(StepBench.DRIVER));
        assertThat(bench.answers()).isEmpty();
        bench.settle();

        assertThat(bench.answers()).containsExactly("Drained[who=depot-0]");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
        assertThat(depot().magazines()).isZero();
    }
}
