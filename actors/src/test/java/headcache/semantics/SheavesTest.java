package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.DEPOT;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.NODE_1;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.middle.BarnStep;
import headcache.middle.Sheaves;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotReport;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sheaves of two heads, barns of one full and one empty sheaf, worked out by hand from {@code __pcs_replace_empty_main}
 * and {@code __pcs_replace_full_main} of mm/slub.c. In comments: the main sheaf, the spare one, and the barn's, the head
 * that is on top last.
 */
class SheavesTest {
    private static final CpuId CPU_2 = new CpuId(2);
    private static final DepotId BARN_1 = new DepotId(1);

    private final List<String> contacts = new ArrayList<>();
    private final StepBench bench =
            new StepBench(MachineConfig.of(Topology.even(4, 2)).with(CpuPolicy.of(new Sheaves(2, 1, 1))));

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
                .filter(line -> line.matches("(GET|REFILL|SPILL|SINGLE_FREE) .*"))
                .forEach(line -> contacts.add(call + ": " + line));
        bench.heads(DEPOT).forEach(line -> contacts.add(call + ": " + line));
        bench.heads(NODE).stream()
                .filter(line -> line.startsWith("SLAB_IN"))
                .forEach(line -> contacts.add(call + ": " + line));
    }

    private DepotReport barn(DepotId barn) {
        return bench.step(barn, BarnStep.class).report();
    }

    @Test
    void theExampleWorkedOutByHand() {
        get(CPU, 0, 1, 2, 3); // [ ] [ ]; the barn has nothing: the slab fills a sheaf, twice
        get(CPU, 4); //          [4] [ ]
        put(CPU, 0); //          [4 1] [ ]
        put(CPU, 1); //          main is full, spare empty: exchange. [0] [4 1]
        put(CPU, 2); //          [0 3] [4 1]
        put(CPU, 3); //          both full: spare to the barn. [2] [0 3], barn [4 1]
        put(CPU, 4); //          [2 5] [0 3]
        get(CPU_1, 5); //        cpu-1 has [ ] [ ]: trades for the barn's. [4] [ ], barn nothing
        get(CPU_1, 6); //        [ ] [ ]
        get(CPU_1, 7); //        nothing in the barn again: the slab fills a sheaf. [6] [ ]
        put(CPU, 5); //          both full: [1] [2 5], barn [0 3]
        put(CPU, 6); //          [1 4] [2 5]
        put(CPU, 7); //          both full, and so is the barn: spare's heads to the slab. [7] [1 4]
        get(CPU_2, 8); //        a CPU of the other node asks its own barn: nothing, so its slab fills a sheaf
        put(CPU, 8); //          a head of another node goes home by itself: [7] [1 4]
        put(CPU_2, 9); //        nothing in that slot

        assertThat(contacts)
                .containsExactly(
                        "get 0: REFILL n0/0-1 slots 0-1",
                        "get 0: GET n0/1 1",
                        "get 1: GET n0/0 0",
                        "get 2: REFILL n0/2-3 slots 0-1",
                        "get 2: GET n0/3 1",
                        "get 3: GET n0/2 0",
                        "get 4: REFILL n0/4-5 slots 0-1",
                        "get 4: GET n0/5 1",
                        "put 3: SPILL n0/4 slot 0",
                        "put 3: SPILL n0/1 slot 1",
                        "put 3: DEPOT_IN n0/4 slot 0",
                        "put 3: DEPOT_IN n0/1 slot 1",
                        "get 5: REFILL n0/4 slot 0",
                        "get 5: REFILL n0/1 slot 1",
                        "get 5: GET n0/1 1",
                        "get 5: DEPOT_OUT n0/4 slot 0",
                        "get 5: DEPOT_OUT n0/1 slot 1",
                        "get 6: GET n0/4 0",
                        "get 7: REFILL n0/6-7 slots 0-1",
                        "get 7: GET n0/7 1",
                        "put 5: SPILL n0/0 slot 0",
                        "put 5: SPILL n0/3 slot 1",
                        "put 5: DEPOT_IN n0/0 slot 0",
                        "put 5: DEPOT_IN n0/3 slot 1",
                        "put 7: SPILL n0/2 slot 0",
                        "put 7: SPILL n0/5 slot 1",
                        "put 7: SLAB_IN n0/2 node-0",
                        "put 7: SLAB_IN n0/5 node-0",
                        "get 8: REFILL n1/0-1 slots 0-1",
                        "get 8: GET n1/1 1",
                        "put 8: SINGLE_FREE n1/1");
        assertThat(barn(DEPOT)).isEqualTo(new DepotReport(1, 2, 1, 1, 4, 2, 1, 0, 0));
        assertThat(barn(BARN_1)).isEqualTo(new DepotReport(0, 0, 0, 0, 1, 0, 0, 0, 0));
        assertThat(bench.cpu(CPU).heads().count()).isEqualTo(3);
    }

    @Test
    void aDrainOfABarnIsAnsweredWhenTheSlabHasItAll() {
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
        assertThat(bench.out(NODE_1, SlabKind.HEAD)).isZero();
        assertThat(barn(DEPOT)).isEqualTo(new DepotReport(0, 0, 1, 0, 3, 1, 0, 1, 0));
    }
}
