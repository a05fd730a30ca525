package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.frame;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.CpuReport;
import headcache.protocol.Frame;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any partition of the same operations into batches or polls gives the same history. */
class PartitionTest {
    private static final int SKBS = 100;

    /** Fills and empties the cache several times, past its ends: refills, spills, single calls. */
    private static Op[] operations() {
        final List<Op> ops = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (int slot = 0; slot < SKBS; slot++) {
                ops.add(Op.allocate(slot % 5 == 4 ? WayIn.BUILD_SKB : WayIn.NAPI_BUILD_SKB, slot));
            }
            for (int slot = 0; slot < SKBS; slot++) {
                ops.add(Op.release(slot % 7 == 6 ? WayOut.KFREE_SKB : WayOut.NAPI_CONSUME_SKB, slot));
            }
            ops.add(new Op.PollEnd());
        }
        return ops.toArray(new Op[0]);
    }

    private static List<String> historyInBatchesOf(int size, StepBench bench) {
        final List<String> history = new ArrayList<>();
        final Op[] ops = operations();
        for (int from = 0; from < ops.length; from += size) {
            history.addAll(bench.run(Arrays.copyOfRange(ops, from, Math.min(ops.length, from + size))));
        }
        return history;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 15, 16, 17, 64, 101})
    void shouldGiveTheSameHistoryInBatchesOfAnySize(int size) {
        assertThat(historyInBatchesOf(size, StepBench.oneCpu()))
                .isEqualTo(historyInBatchesOf(1000, StepBench.oneCpu()));
    }

    /**
     * By hand: 80 gets empty 5 refills; 86 puts spill once and leave 54. Then 80 gets take those and 26 of 2
     * refills, which leaves 6; 86 puts spill once and leave 60. Each round has 20 single allocations and 14
     * single frees.
     */
    @Test
    void shouldHaveThisTraffic() {
        final StepBench bench = StepBench.oneCpu();
        historyInBatchesOf(1000, bench);

        final CpuReport report = bench.report(CPU);
        assertThat(report.refills()).isEqualTo(7);
        assertThat(report.spills()).isEqualTo(2);
        assertThat(report.parked()).isEqualTo(60);
        assertThat(report.singleAllocs()).isEqualTo(40);
        assertThat(report.singleFrees()).isEqualTo(28);
        assertThat(report.recycled()).isEqualTo(54);
    }

    /** What is passed on leaves at the end of a poll, so that moves with the partition; the rest does not. */
    private static List<String> historyInPollsOf(int size) {
        final StepBench bench = StepBench.oneCpu();
        final Skb[] completions = bench.skbs(SKBS);
        final List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < SKBS; i++) {
            frames.add(i % 3 == 0 ? frame(Verdict.DROP, i) : frame(Verdict.PASS, i, DRIVER, 0));
        }
        final List<String> history = new ArrayList<>();
        for (int from = 0; from < 2 * SKBS; from += size) {
            final int to = Math.min(2 * SKBS, from + size);
            bench.startPoll(
                    Arrays.copyOfRange(completions, Math.min(SKBS, from), Math.min(SKBS, to)),
                    frames.subList(Math.max(0, from - SKBS), Math.max(0, to - SKBS))
                            .toArray(new Frame[0]));
            bench.settle();
            history.addAll(bench.heads(CPU));
        }
        assertThat(bench.report(CPU).framesDropped()).isZero();
        return history.stream().filter(line -> !line.startsWith("SENT")).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 31, 32, 33, 64, 150})
    void shouldGiveTheSameHistoryInPollsOfAnySize(int size) {
        assertThat(historyInPollsOf(size)).isEqualTo(historyInPollsOf(1000));
    }
}
