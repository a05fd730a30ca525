package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuMessage;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The ways home of v6.19, worked out by hand from {@code napi_consume_skb}, {@code skb_attempt_defer_free} and {@code
 * __alloc_skb}: a list holds 3 of {@code skb_defer_max} 4, and the third raises a softirq; the cache holds 3, asks for 2,
 * and gives 2 back when it would hold 4.
 */
class AlienTest {
    private static final TaskId TASK_1 = new TaskId(1);

    private final List<String> notes = new ArrayList<>();
    private final StepBench bench = machine(1, 4);

    private static StepBench machine(int nodes, int deferMax) {
        return new StepBench(MachineConfig.of(Topology.even(2, nodes))
                .with(new CpuPolicy(
                        new CachePolicy(4, 2, 2, SpillEnd.NEWEST),
                        Kernel.LINUX_6_19.withDeferMax(deferMax),
                        true,
                        CpuPolicy.BACKLOG_LIMIT)));
    }

    private void get(StepBench on, int... slots) {
        for (final int slot : slots) {
            on.runOn(CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, slot));
        }
        on.forget();
    }

    private void consume(ActorName who, int... slots) {
        for (final int slot : slots) {
            note(who + " consumes " + slot, who, Op.release(WayOut.NAPI_CONSUME_SKB, slot));
        }
    }

    private void alloc(ActorName who, int slot) {
        note(who + " allocates " + slot, who, Op.allocate(WayIn.ALLOC_SKB, slot));
    }

    /** What whoever does it, and then cpu-0, does with heads and lists. */
    private void note(String call, ActorName who, Op op) {
        bench.forget();
        final List<String> lines = new ArrayList<>(bench.runOn(who, op));
        lines.addAll(bench.heads(CPU));
        lines.stream()
                .filter(line -> line.matches("(GET|PUT|SPILL|DEFER|SINGLE|PEEK|REFILL).*"))
                .forEach(line -> notes.add(call + ": " + line));
    }

    @Test
    void theExampleWorkedOutByHand() {
        get(bench, 0, 1, 2, 3, 4, 5); //   heads 1 0, 3 2, 5 4; the cache [], the list ()
        consume(CPU_1, 0); //              an alien goes home from a softirq too: (1)
        consume(CPU, 1); //                its own: [0]
        note("poll ends", CPU, new Op.PollEnd()); // [0 1]
        note("task-0 reads 2", TASK, Op.release(WayOut.HAND_BACK, 2)); // on the CPU that allocated it: [0 1 3]
        alloc(TASK, 6); //                 a task takes from the cache: [0 1]
        alloc(CPU, 7); //                  so does alloc_skb in a softirq: [0]
        alloc(CPU, 8); //                  []
        alloc(TASK, 9); //                 nothing there: the slab, and no refill
        alloc(CPU, 10); //                 the same
        consume(CPU_1, 3, 4, 5); //        (2), (5 2), and the third raises a softirq: [4 5 2]
        alloc(TASK_1, 11); //              the cache of cpu-1 is empty

        assertThat(notes)
                .containsExactly(
                        "cpu-1 consumes 0: DEFERRED n0/1 1",
                        "cpu-0 consumes 1: PUT n0/0 1",
                        "poll ends: PUT n0/1 2",
                        "task-0 reads 2: PUT n0/3 3",
                        "task-0 allocates 6: PEEK_TAKEN n0/3",
                        "task-0 allocates 6: PEEKED n0/3 2",
                        "cpu-0 allocates 7: GET n0/1 1",
                        "cpu-0 allocates 8: GET n0/0 0",
                        "task-0 allocates 9: SINGLE_ALLOC n0/6 any",
                        "cpu-0 allocates 10: SINGLE_ALLOC n0/7 any",
                        "cpu-1 consumes 3: DEFERRED n0/2 1",
                        "cpu-1 consumes 4: DEFERRED n0/5 2",
                        "cpu-1 consumes 5: DEFERRED n0/4 3",
                        "cpu-1 consumes 5: DEFER_KICKED 3",
                        "cpu-1 consumes 5: DEFER_HEEDED 3",
                        "cpu-1 consumes 5: PUT n0/4 1",
                        "cpu-1 consumes 5: PUT n0/5 2",
                        "cpu-1 consumes 5: PUT n0/2 3",
                        "task-1 allocates 11: SINGLE_ALLOC n0/8 any");
        assertThat(bench.report(CPU).parked()).isEqualTo(3);
        assertThat(bench.report(CPU).deferred()).isEqualTo(4);
    }

    private static void keepBusy(StepBench on) {
        on.start(CPU, Op.allocate(WayIn.BUILD_SKB, 20));
        on.forget();
    }

    private static void consume(StepBench on, ActorName who, WayOut way, int slot) {
        on.start(who, Op.release(way, slot));
        on.deliver(who, CPU);
        on.deliver(CPU, who);
    }

    /** The cost of a short list: heads that were not allocated there are in a cache after all. */
    @Test
    void whatAFullListRefusesIsPutWhereItIs() {
        get(bench, 0, 1, 2, 3, 4);
        keepBusy(bench);
        for (int slot = 0; slot < 4; slot++) {
            consume(bench, CPU_1, WayOut.NAPI_CONSUME_SKB, slot);
        }
        assertThat(bench.heads(CPU_1)).endsWith("DATA_DROPPED n0/2", "DIED n0/2 skb_attempt_defer_free", "PUT n0/2 1");
        consume(bench, TASK_1, WayOut.HAND_BACK, 4);
        assertThat(bench.inFlight()).contains("task-1 to cpu-1: FreeHere n0/5");
        bench.deliver(TASK_1, CPU_1);

        assertThat(bench.heads(CPU_1))
                .containsExactly("DATA_DROPPED n0/5", "DIED n0/5 skb_attempt_defer_free", "PUT n0/5 2");
        assertThat(bench.report(CPU).deferRefused()).isEqualTo(2);
    }

    @Test
    void eachNodeHasAListOfItsOwn() {
        final StepBench two = machine(2, 4);
        get(two, 0, 1, 2);
        keepBusy(two);
        consume(two, CPU_1, WayOut.NAPI_CONSUME_SKB, 0);
        two.forget();
        final CpuMessage.Defer here =
                new CpuMessage.Defer(TASK, NODE, two.take(1).bare());
        two.send(CPU, here);

        assertThat(two.heads(CPU)).containsExactly("DEFERRED n0/0 1");
        assertThat(two.report(CPU).onDeferList()).isEqualTo(2);
    }

    /** Half of two is one, and the list takes one only: the first never raises a softirq, nor is there a second. */
    @Test
    void aListForOneWaitsForAPoll() {
        final StepBench shortest = machine(1, 2);
        get(shortest, 0, 1);
        consume(shortest, CPU_1, WayOut.NAPI_CONSUME_SKB, 0);
        shortest.settle();
        consume(shortest, CPU_1, WayOut.NAPI_CONSUME_SKB, 1);
        shortest.settle();

        assertThat(shortest.report(CPU).onDeferList()).isEqualTo(1);
        assertThat(shortest.report(CPU).deferKicks()).isZero();
        assertThat(shortest.report(CPU_1).parked()).isEqualTo(1);
    }

    @Test
    void othersReferencesKeepAnAlienWhereItIs() {
        get(bench, 0);
        bench.run(new Op.Share(0));

        assertThat(bench.runOn(CPU_1, Op.release(WayOut.NAPI_CONSUME_SKB, 0))).containsExactly("UNSHARED n0/1 1");
        assertThat(bench.runOn(CPU_1, Op.release(WayOut.NAPI_CONSUME_SKB, 0))).containsExactly("SENT n0/1");
    }

    @Test
    void aTaskIsServedInItsTurnAmongTheWork() {
        get(bench, 0);
        keepBusy(bench);
        bench.start(TASK, Op.allocate(WayIn.ALLOC_SKB, 1));
        bench.deliver(TASK, CPU);
        assertThat(bench.inFlight()).containsExactly("cpu-0 to node-0: SingleAlloc HEAD any");
        bench.settle();

        assertThat(bench.heads(TASK)).startsWith("PEEK_TAKEN n0/0");
    }

    /** What asks for twins, or for another node, never looks into the cache. */
    @Test
    void whatTheCacheCannotServeGoesToTheSlabAtOnce() {
        get(bench, 0);
        bench.start(TASK, Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1));
        assertThat(bench.inFlight()).containsExactly("task-0 to node-0: SingleAlloc FCLONE any");
        bench.settle();
        final StepBench two = machine(2, 4);
        two.start(TASK, new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 1, AllocFlag.RX.bit(), 1, false));
        assertThat(two.inFlight()).containsExactly("task-0 to node-1: SingleAlloc HEAD here entitled");
    }

    @Test
    void theSurvivorServesTheTasksOfAnOfflineCpu() {
        get(bench, 0);
        bench.runOn(CPU_1, Op.allocate(WayIn.NAPI_BUILD_SKB, 1));
        bench.send(CPU, new CpuMessage.Offline(DRIVER, OfflinePolicy.PARK, CPU_1));
        bench.settle();
        bench.forget();

        bench.runOn(TASK, Op.allocate(WayIn.ALLOC_SKB, 2), Op.release(WayOut.HAND_BACK, 2));

        assertThat(bench.heads(CPU_1))
                .containsExactly(
                        "PEEKED n0/2 0", "DATA_DROPPED n0/2", "DIED n0/2 skb_attempt_defer_free", "PUT n0/2 1");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(4);
    }

    @Test
    void anAnswerThatNobodyWaitsForIsAnError() {
        assertThatThrownBy(() -> bench.send(TASK, new CpuMessage.Peeked(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("answer of a cache that nobody waits for: at=task-0");
        assertThatThrownBy(() -> StepBench.oneCpu().send(TASK, new CpuMessage.Peeked(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("answer of a cache that nobody waits for: cpu=0");
    }
}
