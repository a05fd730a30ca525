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
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.Held;
import headcache.protocol.NicMessage.PollDone;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The defer lists of v5.19, worked out by hand from {@code skb_attempt_defer_free} and {@code skb_defer_free_flush}: a list
 * holds 4, and the third on it raises a softirq; the cache holds 3, asks for 2, and gives 2 back when it would hold 4.
 */
class DeferTest {
    private static final TaskId TASK_1 = new TaskId(1);
    private static final CpuId CPU_2 = new CpuId(2);

    private final List<String> notes = new ArrayList<>();
    private final StepBench bench = new StepBench(MachineConfig.of(Topology.even(3, 1))
            .with(new CpuPolicy(
                    new CachePolicy(4, 2, 2, SpillEnd.NEWEST),
                    Kernel.LINUX_5_19.withDeferMax(4),
                    true,
                    CpuPolicy.BACKLOG_LIMIT)));

    private void get(int... slots) {
        for (final int slot : slots) {
            note("get " + slot, CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, slot));
        }
    }

    private void read(ActorName who, int... slots) {
        for (final int slot : slots) {
            note(who + " read " + slot, who, Op.release(WayOut.HAND_BACK, slot));
        }
    }

    private void pollEnds() {
        note("poll ends", CPU, new Op.PollEnd());
    }

    /** What cpu-0 does to its cache and its list, and what whoever else reads gives to the slab. */
    private void note(String call, ActorName who, Op op) {
        bench.forget();
        final List<String> lines = new ArrayList<>(bench.runOn(who, op));
        lines.removeIf(line -> !who.equals(CPU) && !line.startsWith("SINGLE_FREE"));
        lines.addAll(bench.heads(CPU));
        lines.stream()
                .filter(line -> line.matches("(PUT|SPILL|DEFER|SINGLE_FREE).*"))
                .forEach(line -> notes.add(call + ": " + line));
    }

    @Test
    void theExampleWorkedOutByHand() {
        get(0, 1, 2, 3, 4, 5, 6); // slots 0 to 6 have heads 1 0, 3 2, 5 4, 7; the cache [6], the list ()
        read(CPU_1, 0); //           it goes home: (1)
        read(CPU, 1); //             it is home: [6 0]
        read(TASK_1, 2); //          a task's goes home too: (3 1), the newest first
        pollEnds(); //               the list is emptied: [6 0 3], [6 0 3 1] is full and gives back the newer two
        read(CPU_1, 3, 4); //        (5 2)
        read(TASK_1, 5); //          the third raises a softirq: [6 0 4], [6 0 4 5] is full, [6 0 2]
        read(TASK, 6); //            on the CPU that allocated it, a task frees to the slab
        get(7, 8, 9); //             heads 2 0 6, and []
        read(CPU_2, 7, 8); //        (0 2)
        pollEnds(); //               [0 2]
        read(CPU_1, 9); //           (6) stays there: it is one, and nothing comes

        assertThat(notes)
                .containsExactly(
                        "cpu-1 read 0: DEFERRED n0/1 1",
                        "cpu-0 read 1: PUT n0/0 2",
                        "task-1 read 2: DEFERRED n0/3 2",
                        "poll ends: PUT n0/3 3",
                        "poll ends: PUT n0/1 4",
                        "poll ends: SPILL n0/3 slot 2",
                        "poll ends: SPILL n0/1 slot 3",
                        "cpu-1 read 3: DEFERRED n0/2 1",
                        "cpu-1 read 4: DEFERRED n0/5 2",
                        "task-1 read 5: DEFERRED n0/4 3",
                        "task-1 read 5: DEFER_KICKED 3",
                        "task-1 read 5: DEFER_HEEDED 3",
                        "task-1 read 5: PUT n0/4 3",
                        "task-1 read 5: PUT n0/5 4",
                        "task-1 read 5: SPILL n0/4-5 slots 2-3",
                        "task-1 read 5: PUT n0/2 3",
                        "task-0 read 6: SINGLE_FREE n0/7",
                        "cpu-2 read 7: DEFERRED n0/2 1",
                        "cpu-2 read 8: DEFERRED n0/0 2",
                        "poll ends: PUT n0/0 1",
                        "poll ends: PUT n0/2 2",
                        "cpu-1 read 9: DEFERRED n0/6 1");
        final CpuReport report = bench.report(CPU);
        assertThat(report.deferred()).isEqualTo(8);
        assertThat(report.deferKicks()).isEqualTo(1);
        assertThat(report.deferRefused()).isZero();
        assertThat(report.onDeferList()).isEqualTo(1);
        assertThat(report.handedBack()).isEqualTo(8);
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(2 + 1);
    }

    /** cpu-0 waits for the slab, so that its list fills. */
    private void keepBusy() {
        bench.start(CPU, Op.allocate(WayIn.ALLOC_SKB, 20));
        bench.forget();
    }

    private void start(ActorName who, int slot) {
        bench.start(who, Op.release(WayOut.HAND_BACK, slot));
        bench.deliver(who, CPU);
    }

    @Test
    void aFullListSendsBackWhatIsFreedWhereItIs() {
        get(0, 1, 2, 3, 4, 5);
        keepBusy();
        for (int slot = 0; slot < 4; slot++) {
            start(CPU_1, slot);
            bench.deliver(CPU, CPU_1);
        }
        start(CPU_1, 4);
        start(TASK_1, 5);

        assertThat(bench.events(CPU))
                .containsExactly(
                        "DEFERRED n0/1 1",
                        "DEFERRED n0/0 2",
                        "DEFERRED n0/3 3",
                        "DEFER_KICKED 3",
                        "DEFERRED n0/2 4",
                        "DEFER_REFUSED n0/5 4",
                        "DEFER_REFUSED n0/4 4");
        assertThat(bench.inFlight())
                .containsExactly(
                        "cpu-0 to node-0: SingleAlloc HEAD any",
                        "cpu-0 to cpu-1: Deferred not n0/5",
                        "cpu-0 to task-1: Deferred not n0/4");
        bench.heads(CPU_1);
        bench.settle();
        assertThat(bench.heads(CPU_1)).containsExactly("DATA_DROPPED n0/5", "DIED n0/5 kfree_skb", "SINGLE_FREE n0/5");
        assertThat(bench.heads(TASK_1)).endsWith("DATA_DROPPED n0/4", "DIED n0/4 kfree_skb", "SINGLE_FREE n0/4");
        assertThat(bench.report(CPU).deferRefused()).isEqualTo(2);
        assertThat(bench.report(CPU).deferKicks()).isEqualTo(1);
        assertThat(bench.report(CPU).onDeferList()).isZero();
    }

    @Test
    void whoHandsBackStandsStillUntilItIsAnswered() {
        get(0);
        bench.start(CPU_1, Op.release(WayOut.HAND_BACK, 0), Op.allocate(WayIn.NAPI_BUILD_SKB, 1));

        assertThat(bench.inFlight()).containsExactly("cpu-1 to cpu-0: Defer n0/1");
        assertThat(bench.cpu(CPU_1).isSuspended()).isTrue();
        bench.deliver(CPU_1, CPU);
        assertThat(bench.inFlight()).containsExactly("cpu-0 to cpu-1: Deferred");
        bench.deliver(CPU, CPU_1);
        assertThat(bench.inFlight()).containsExactly("cpu-1 to node-0: BulkAlloc 2");
    }

    @Test
    void anAnswerThatNobodyWaitsForIsAnError() {
        assertThatThrownBy(() -> bench.send(CPU, new CpuMessage.Deferred(null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("answer of a defer list that nobody waits for: at=cpu-0");
        assertThatThrownBy(() -> StepBench.oneCpu().send(CPU, new CpuMessage.Deferred(null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("answer of a defer list that nobody waits for: cpu=0");
    }

    /** What an skb on the list still held would be held for as long as nothing empties the list. */
    @Test
    void whatItHoldsIsReleasedBeforeItGoesHomeAndNotAgain() {
        get(0, 1);
        bench.run(
                new Op.Attach(0, Held.DST),
                new Op.Attach(0, Held.CONNTRACK),
                new Op.Attach(1, Held.EXTENSIONS),
                new Op.Release(WayOut.GRO_LIST_MEMBER, 1, 0));

        assertThat(bench.runOn(CPU_1, Op.release(WayOut.HAND_BACK, 0)))
                .containsExactly("UNHOLD n0/1 DST", "UNHOLD n0/1 CONNTRACK", "UNHOLD n0/0 EXTENSIONS", "SENT n0/1");
        assertThat(bench.run(new Op.PollEnd()))
                .containsExactly(
                        "DATA_DROPPED n0/1",
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 skb_release_data",
                        "SINGLE_FREE n0/0",
                        "DIED n0/1 skb_attempt_defer_free",
                        "PUT n0/1 1");
    }

    @Test
    void othersReferencesKeepItWhereItIs() {
        get(0);
        bench.run(new Op.Share(0));

        assertThat(bench.runOn(CPU_1, Op.release(WayOut.HAND_BACK, 0))).containsExactly("UNSHARED n0/1 1");
        assertThat(bench.runOn(CPU_1, Op.release(WayOut.HAND_BACK, 0))).containsExactly("SENT n0/1");
    }

    /** Its pair belongs to a slab of its own, and only the list is the same. */
    @Test
    void aTwinGoesHomeAndFromThereToItsSlab() {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0));
        bench.runOn(CPU_1, Op.release(WayOut.HAND_BACK, 0));

        assertThat(bench.run(new Op.PollEnd()))
                .containsExactly("DATA_DROPPED n0/f0", "DIED n0/f0 skb_attempt_defer_free", "SINGLE_FREE n0/f0");
    }

    @Test
    void aTaskHandsBackWhatIsDeliveredToIt() {
        get(0, 1);

        bench.send(TASK_1, new TaskMessage.Deliver(new Skb[] {bench.take(0).withUsers(2), bench.take(1)}));
        bench.settle();

        assertThat(bench.heads(TASK_1)).containsExactly("UNSHARED n0/1 1", "SENT n0/1", "SENT n0/0");
        assertThat(bench.report(CPU).onDeferList()).isEqualTo(2);
    }

    @Test
    void aPollOfANapiInstanceEmptiesTheListBeforeItIsAnswered() {
        get(0, 1, 2);
        read(CPU_1, 0, 1);
        bench.forget();

        assertThat(bench.poll(StepBench.NO_COMPLETIONS, StepBench.frame(Verdict.DROP, 0)))
                .containsSubsequence("DIED n0/2 kfree_skb", "SINGLE_FREE n0/2", "PUT n0/0 1", "PUT n0/1 2");
        assertThat(bench.answers(PollDone.class)).hasSize(1);
    }

    /** The transmit softirq is another one. */
    @Test
    void theTransmitSoftirqLeavesTheListAlone() {
        get(0, 1);
        read(CPU_1, 0);

        assertThat(bench.run(Op.release(WayOut.DEV_KFREE_SKB_IRQ, 1)))
                .endsWith("DIED n0/0 __kfree_skb_defer", "PUT n0/0 1");
        assertThat(bench.report(CPU).onDeferList()).isEqualTo(1);
    }

    /** What comes while the list is being emptied is for the next time. */
    @Test
    void whatComesWhileTheListIsEmptiedIsOnANewOne() {
        get(0, 1, 2, 3, 4, 5);
        read(CPU, 4, 5);
        read(CPU_1, 0, 1);
        bench.forget();
        bench.start(CPU, new Op.PollEnd());
        assertThat(bench.heads(CPU)).contains("PUT n0/1 4", "SPILL n0/0-1 slots 2-3");
        start(CPU_1, 2);
        bench.settle();

        assertThat(bench.heads(CPU)).containsExactly("DEFERRED n0/3 1");
        assertThat(bench.report(CPU).onDeferList()).isEqualTo(1);
    }

    /** A list that reaches its kick again while a softirq is due raises no second one; once that ran, it does. */
    @Test
    void onlyOneSoftirqIsDueAtATime() {
        get(0, 1, 2, 3, 4, 5, 6, 7, 8);
        bench.start(CPU, Op.allocate(WayIn.ALLOC_SKB, 20), new Op.PollEnd());
        for (int slot = 0; slot < 3; slot++) {
            start(CPU_1, slot);
            bench.deliver(CPU, CPU_1);
        }
        bench.start(CPU, Op.allocate(WayIn.ALLOC_SKB, 21)); // before it can be taken, the poll's end empties the list
        bench.heads(CPU);
        bench.deliver(CPU, NODE);
        bench.deliver(NODE, CPU);
        assertThat(bench.heads(CPU)).contains("PUT n0/1 4");
        for (int slot = 3; slot < 6; slot++) {
            start(CPU_1, slot);
            bench.deliver(CPU, CPU_1);
        }
        assertThat(bench.heads(CPU)).containsExactly("DEFERRED n0/2 1", "DEFERRED n0/5 2", "DEFERRED n0/4 3");
        bench.settle();
        assertThat(bench.report(CPU).deferKicks()).isEqualTo(1);
        assertThat(bench.report(CPU).onDeferList()).isZero();

        read(CPU_1, 6, 7, 8);
        assertThat(bench.report(CPU).deferKicks()).isEqualTo(2);
        assertThat(bench.report(CPU).onDeferList()).isZero();
    }

    @Test
    void aDrainSendsWhatIsOnTheListToTheSlab() {
        get(0, 1);
        read(CPU_1, 0, 1);
        bench.forget();

        bench.send(CPU, new CpuMessage.Drain(DRIVER));
        bench.settle();

        assertThat(bench.heads(CPU))
                .containsExactly(
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 kfree_skb",
                        "SINGLE_FREE n0/0",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 kfree_skb",
                        "SINGLE_FREE n0/1");
        assertThat(bench.answers()).containsExactly("Drained[who=cpu-0]");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
    }

    /** The drain has passed the completion queue when it waits for what was on the list. */
    @Test
    void whatIsQueuedWhileADrainEmptiesTheListIsForTheSoftirq() {
        final Skb[] skbs = bench.skbs(1);
        get(0);
        read(CPU_1, 0);
        bench.forget();

        bench.send(CPU, new CpuMessage.Drain(DRIVER));
        bench.send(CPU, new CpuMessage.HardInterrupt(skbs[0]));
        bench.settle();

        assertThat(bench.heads(CPU))
                .containsExactly(
                        "DATA_DROPPED n0/2",
                        "DIED n0/2 kfree_skb",
                        "SINGLE_FREE n0/2",
                        "QUEUED n0/0 1",
                        "FLUSH n0/1 slot 0",
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 __kfree_skb_defer",
                        "PUT n0/0 1");
    }

    /** An offline CPU takes nothing; what it had is treated as its parked heads are. */
    @ParameterizedTest
    @EnumSource(OfflinePolicy.class)
    void anOfflineCpuRefusesAndKeepsOrEmptiesItsList(OfflinePolicy parked) {
        get(0, 1, 2, 3);
        read(CPU_1, 0, 1);
        bench.send(CPU, new CpuMessage.Offline(DRIVER, parked, CPU_2));
        bench.settle();
        final boolean keeps = parked == OfflinePolicy.PARK;
        assertThat(bench.report(CPU).onDeferList()).isEqualTo(keeps ? 2 : 0);
        assertThat(bench.report(CPU_2).parked()).isEqualTo(parked == OfflinePolicy.HAND_OVER ? 2 : 0);
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(parked == OfflinePolicy.DRAIN ? 2 : 4);

        read(CPU_1, 2);
        assertThat(notes)
                .endsWith("cpu-1 read 2: SINGLE_FREE n0/3", "cpu-1 read 2: DEFER_REFUSED n0/3 " + (keeps ? 2 : 0));

        bench.send(CPU, new CpuMessage.Online(DRIVER));
        bench.settle();
        read(CPU_1, 3);
        assertThat(bench.report(CPU).onDeferList()).isEqualTo(keeps ? 0 : 1);
        assertThat(bench.report(CPU).deferKicks()).isEqualTo(keeps ? 1 : 0);
    }

    /** The softirq was due when the CPU went offline, and came to nothing: a new one is raised when it is back. */
    @Test
    void aListThatIsDueIsSeenToWhenItsCpuIsBack() {
        get(0, 1, 2);
        keepBusy();
        bench.send(CPU, new CpuMessage.Offline(DRIVER, OfflinePolicy.PARK, CPU_2));
        for (int slot = 0; slot < 3; slot++) {
            start(CPU_1, slot);
            bench.deliver(CPU, CPU_1);
        }
        bench.settle();
        assertThat(bench.report(CPU).onDeferList()).isEqualTo(3);

        bench.forget();
        bench.send(CPU, new CpuMessage.Online(DRIVER));
        bench.settle();

        assertThat(bench.heads(CPU)).contains("CAME_ONLINE parked 1", "DEFER_KICKED 3", "DEFER_HEEDED 3", "PUT n0/3 2");
        assertThat(bench.report(CPU).onDeferList()).isZero();
    }
}
