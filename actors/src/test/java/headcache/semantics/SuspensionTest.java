package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.NO_COMPLETIONS;
import static headcache.semantics.StepBench.TASK;
import static headcache.semantics.StepBench.frame;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.CpuMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While the slab has to answer, the softirq stands still where it is, and what arrives waits in order. */
class SuspensionTest {
    private final StepBench bench = StepBench.oneCpu();

    /** Parks 63 heads, so that the next put spills. */
    private Skb[] skbsForAFullCache(int count) {
        bench.park(63);
        return bench.skbs(count);
    }

    @Test
    void shouldStandStillInTheMiddleOfTheCompletions() {
        final Skb[] sent = skbsForAFullCache(2);
        final long before = bench.report(CPU).suspensions();

        bench.startPoll(sent, frame(Verdict.PASS, 1, TASK, 0));

        assertThat(bench.events(CPU))
                .containsExactly(
                        "DATA_DROPPED n0/63",
                        "DIED n0/63 napi_consume_skb",
                        "PUT n0/63 64",
                        "SPILL n0/32-63 slots 32-63",
                        "SUSPENDED 0");
        assertThat(bench.cpu(CPU).isSuspended()).isTrue();
        bench.settle();
        assertThat(bench.events(CPU))
                .containsExactly(
                        "RESUMED 0",
                        "DATA_DROPPED n0/64",
                        "DIED n0/64 napi_consume_skb",
                        "PUT n0/64 33",
                        "GET n0/64 32",
                        "BORN n0/64 napi_build_skb",
                        "DATA_TAKEN n0/64",
                        "SENT n0/64");
        assertThat(bench.answers()).containsExactly("PollDone cpu-0 received 1 dropped 0");
        assertThat(bench.report(CPU).suspensions()).isEqualTo(before + 1);
    }

    @Test
    void shouldStandStillInTheMiddleOfTheFrames() {
        bench.park(1);

        bench.startPoll(
                NO_COMPLETIONS, frame(Verdict.PASS, 1, TASK, 0), frame(Verdict.DROP, 2), frame(Verdict.DROP, 3));

        assertThat(bench.events(CPU))
                .containsExactly(
                        "GET n0/0 0", "BORN n0/0 napi_build_skb", "DATA_TAKEN n0/0", "REFILL_ASKED 16", "SUSPENDED 0");
        bench.deliverOldest();
        bench.deliverOldest();
        assertThat(bench.events(CPU))
                .containsExactly(
                        "RESUMED 0",
                        "REFILL n0/1-16 slots 0-15",
                        "GET n0/16 15",
                        "BORN n0/16 napi_build_skb",
                        "DATA_TAKEN n0/16",
                        "DATA_DROPPED n0/16",
                        "DIED n0/16 kfree_skb",
                        "SINGLE_FREE n0/16",
                        "SUSPENDED 0");
        assertThat(bench.inFlight()).containsExactly("cpu-0 to node-0: SingleFree n0/16 ack");
        bench.settle();
        assertThat(bench.events(CPU)).startsWith("RESUMED 0", "GET n0/15 14").endsWith("RESUMED 0", "SENT n0/0");
    }

    @Test
    void shouldStandStillInTheMiddleOfTheFlush() {
        bench.park(3);

        bench.startPoll(
                NO_COMPLETIONS, frame(Verdict.HOLD, 1), frame(Verdict.HOLD, 2), frame(Verdict.HOLD, 3, TASK, 0));

        assertThat(bench.events(CPU)).endsWith("DIED n0/2 kfree_skb", "SINGLE_FREE n0/2", "SUSPENDED 0");
        bench.deliverOldest();
        bench.deliverOldest();
        assertThat(bench.events(CPU))
                .containsExactly(
                        "RESUMED 0", "DATA_DROPPED n0/1", "DIED n0/1 kfree_skb", "SINGLE_FREE n0/1", "SUSPENDED 0");
        assertThat(bench.answers()).isEmpty();
        bench.settle();
        assertThat(bench.events(CPU)).containsExactly("RESUMED 0", "SENT n0/0");
        assertThat(bench.answers()).containsExactly("PollDone cpu-0 received 3 dropped 0");
    }

    @Test
    void shouldStandStillInTheMiddleOfABatchAndGoOnWithTheSameOperation() {
        bench.start(
                CPU,
                new Op.Allocate(WayIn.NAPI_ALLOC_SKB_KMALLOC, 0, 0, Op.ANY_NODE, true),
                Op.allocate(WayIn.BUILD_SKB, 1),
                new Op.Clone(1, 2));

        bench.finish();

        assertThat(bench.events(CPU))
                .containsExactly(
                        "REFILL_ASKED 16",
                        "SUSPENDED 0",
                        "RESUMED 0",
                        "REFILL n0/0-15 slots 0-15",
                        "GET n0/15 15",
                        "DATA_FAILED n0/15 napi_alloc_skb kmalloc",
                        "SINGLE_FREE n0/15",
                        "SUSPENDED 0",
                        "RESUMED 0",
                        "SUSPENDED 0",
                        "RESUMED 0",
                        "SINGLE_ALLOC n0/15 any",
                        "BORN n0/15 build_skb",
                        "DATA_TAKEN n0/15",
                        "SUSPENDED 0",
                        "RESUMED 0",
                        "SINGLE_ALLOC n0/16 any",
                        "BORN n0/16 skb_clone",
                        "DATA_TAKEN n0/15");
        assertThat(bench.answers()).containsExactly("BatchDone by cpu-0 failed 1 cancelled 0");
    }

    @Test
    void shouldKeepWhatArrivesInOrder() {
        bench.start(CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, 0));
        bench.startPoll(NO_COMPLETIONS, frame(Verdict.PASS, 1, TASK, 0));
        bench.start(CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, 0));
        bench.send(CPU, new CpuMessage.Drain(DRIVER));
        bench.startPoll(NO_COMPLETIONS);
        assertThat(bench.cpu(CPU).backlog()).isEqualTo(4);
        assertThat(bench.answers()).isEmpty();

        bench.settle();

        assertThat(bench.answers())
                .containsExactly(
                        "BatchDone by cpu-0 failed 0 cancelled 0",
                        "PollDone cpu-0 received 1 dropped 0",
                        "BatchDone by cpu-0 failed 0 cancelled 0",
                        new MachineMessage.Drained(CPU).toString(),
                        "PollDone cpu-0 received 0 dropped 0");
        assertThat(bench.events(CPU))
                .filteredOn(line -> line.startsWith("RESUMED") || line.startsWith("SUSPENDED"))
                .containsExactly("SUSPENDED 0", "RESUMED 4", "SUSPENDED 1", "RESUMED 1");
    }

    @Test
    void shouldAnswerAReportAtOnce() {
        bench.start(CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, 0));

        bench.send(CPU, new CpuMessage.Report(DRIVER));

        assertThat(bench.answers(MachineMessage.Reported.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.report()).isEqualTo(bench.report(CPU)));
    }

    /** An aggregate frees its members singly, so one operation can owe several acknowledgements. */
    @Test
    void shouldStandStillUntilTheLastAcknowledgement() {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), Op.allocate(WayIn.BUILD_SKB, 1), Op.allocate(WayIn.BUILD_SKB, 2));
        bench.run(new Op.Release(WayOut.GRO_LIST_MEMBER, 1, 0), new Op.Release(WayOut.GRO_LIST_MEMBER, 2, 0));
        bench.forget();

        bench.start(CPU, Op.release(WayOut.KFREE_SKB, 0));

        assertThat(bench.inFlight())
                .containsExactly(
                        "cpu-0 to node-0: SingleFree n0/2 ack",
                        "cpu-0 to node-0: SingleFree n0/1 ack",
                        "cpu-0 to node-0: SingleFree n0/0 ack");
        for (int i = 0; i < 3; i++) {
            bench.deliver(CPU, NODE);
        }
        for (final List<String> answers :
                List.of(List.<String>of(), List.<String>of(), List.of("BatchDone by cpu-0 failed 0 cancelled 0"))) {
            bench.deliver(NODE, CPU);
            assertThat(bench.answers()).isEqualTo(answers);
        }
    }
}
