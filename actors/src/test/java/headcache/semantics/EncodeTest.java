package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.NAPI;
import static headcache.semantics.StepBench.NIC;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.NO_COMPLETIONS;
import static headcache.semantics.StepBench.TASK;
import static headcache.semantics.StepBench.frame;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.Held;
import headcache.protocol.HeldUnit;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskMessage;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal bytes for states that behave alike from here on, different bytes for others. */
class EncodeTest {

    private static String encoded(StepBench bench, ActorName who) {
        return Arrays.toString(bench.encoded(who));
    }

    @Test
    void shouldTellAllMomentsApart() {
        final Map<String, String> names = new HashMap<>();
        Moments.all().forEach((name, bench) -> {
            final String all = encoded(bench, CPU) + encoded(bench, TASK) + encoded(bench, NIC);
            assertThat(names.put(all, name)).as(name).isNull();
        });
    }

    static Stream<Arguments> moments() {
        return Moments.all().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    /** Whatever is delivered next, the state of who took it is another: it waits for one message less. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void shouldChangeWithEachMessage(String name, StepBench bench) {
        final Map<String, Integer> seen = new HashMap<>();
        for (int step = 0; !bench.inFlight().isEmpty(); step++) {
            final String all = bench.inFlight().toString()
                    + encoded(bench, CPU)
                    + encoded(bench, CPU_1)
                    + encoded(bench, TASK)
                    + encoded(bench, NIC)
                    + encoded(bench, NODE);
            assertThat(seen.put(all, step)).as("step %d", step).isNull();
            bench.deliverOldest();
        }
    }

    /** Counters and histories have no part in it. */
    @Test
    void shouldForgetHowItGotThere() {
        final StepBench once = StepBench.oneCpu();
        once.park(2);
        final StepBench often = StepBench.oneCpu();
        often.park(2);
        often.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0), Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        often.send(CPU, new CpuMessage.Report(DRIVER));

        assertThat(often.report(CPU)).isNotEqualTo(once.report(CPU));
        assertThat(encoded(often, CPU)).isEqualTo(encoded(once, CPU));
    }

    @Test
    void shouldTellWhatABatchWillReportApart() {
        final Op wait = Op.allocate(WayIn.BUILD_SKB, 0);
        assertThat(List.of(
                        afterBatch(wait),
                        afterBatch(new Op.Share(9), wait),
                        afterBatch(new Op.Share(9), new Op.Share(9), wait),
                        afterBatch(new Op.Allocate(WayIn.NETDEV_ALLOC_SKB, 1, 0, Op.ANY_NODE, true), wait)))
                .doesNotHaveDuplicates();
    }

    private static String afterBatch(Op... ops) {
        final StepBench bench = StepBench.oneCpu();
        bench.start(CPU, ops);
        return encoded(bench, CPU);
    }

    @Test
    void shouldTellOperationsThatAreLeftApart() {
        final Op wait = Op.allocate(WayIn.NAPI_BUILD_SKB, 0);
        assertThat(Stream.of(
                                new Op.PollEnd(),
                                new Op.Share(0),
                                new Op.Share(1),
                                new Op.Clone(0, 1),
                                new Op.Clone(1, 0),
                                new Op.Attach(0, Held.DST),
                                new Op.Attach(0, Held.SOCKET),
                                Op.release(WayOut.KFREE_SKB, 0),
                                Op.release(WayOut.NAPI_CONSUME_SKB, 0),
                                new Op.Release(WayOut.KFREE_SKB, 0, 1),
                                Op.allocate(WayIn.BUILD_SKB, 1),
                                new Op.Allocate(WayIn.BUILD_SKB, 1, 1, Op.ANY_NODE, false),
                                new Op.Allocate(WayIn.BUILD_SKB, 1, 0, 0, false),
                                new Op.Allocate(WayIn.BUILD_SKB, 1, 0, Op.ANY_NODE, true))
                        .map(last -> afterBatch(wait, last)))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTellFramesThatAreLeftApart() {
        assertThat(Stream.of(
                                frame(Verdict.DROP, 1),
                                frame(Verdict.PASS, 1),
                                frame(Verdict.DROP, 2),
                                frame(Verdict.PASS, 1, TASK, 0),
                                frame(Verdict.PASS, 1, NIC, 0),
                                frame(Verdict.PASS, 1, NIC, 1))
                        .map(last -> {
                            final StepBench bench = StepBench.oneCpu();
                            bench.startPoll(NO_COMPLETIONS, frame(Verdict.DROP, 1), last);
                            return encoded(bench, CPU);
                        }))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTellSkbsApart() {
        final StepBench bench = StepBench.oneCpu();
        final Skb skb = bench.skbs(1)[0];
        assertThat(Stream.of(
                                skb,
                                skb.withUsers(2),
                                skb.asPaired(),
                                skb.holding(Held.DST),
                                skb.holding(Held.CONNTRACK),
                                skb.adopting(7),
                                skb.adopting(7).adopting(8),
                                skb.linking(Skb.fresh(7, 0)),
                                skb.linking(Skb.fresh(7, 1)),
                                skb.linking(Skb.fresh(7, 0).adopting(8)),
                                skb.linking(Skb.fresh(7, 0)).adopting(8),
                                skb.cloneOn(0, 0),
                                skb.cloneOn(1, 0),
                                Skb.freshTwin(0, 0),
                                Skb.fresh(0, 1))
                        .map(other -> {
                            final StepBench fresh = StepBench.oneCpu();
                            fresh.send(CPU, new CpuMessage.Adopt(NAPI, other, new HeldUnit[0]));
                            return encoded(fresh, CPU);
                        }))
                .doesNotHaveDuplicates();
    }

    /** A batch of one operation, and a delivery of skbs, which start alike if no kind is written. */
    @Test
    void shouldTellWhatWaitsForATaskApart() {
        final StepBench batch = StepBench.oneCpu();
        batch.start(TASK, Op.allocate(WayIn.BUILD_SKB, 0));
        final StepBench delivery = batch.copy();
        batch.send(TASK, new CpuMessage.Batch(DRIVER, new Op[0], new Skb[0]));
        delivery.send(TASK, new TaskMessage.Deliver(new Skb[0]));
        final StepBench nothing = StepBench.oneCpu();
        nothing.start(TASK, Op.allocate(WayIn.BUILD_SKB, 0));

        assertThat(List.of(encoded(batch, TASK), encoded(delivery, TASK), encoded(nothing, TASK)))
                .doesNotHaveDuplicates();
    }
}
