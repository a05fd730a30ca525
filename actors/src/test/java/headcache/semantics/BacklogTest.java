package headcache.semantics;

import static headcache.protocol.MachineName.MACHINE;
import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.skb.Kernel;
import org.junit.jupiter.api.Test;

/** On a full backlog only arriving frames are dropped, and counted; all else enters. */
class BacklogTest {
    private static final CpuPolicy TWO_MAY_WAIT = new CpuPolicy(CachePolicy.LINUX_5_12, Kernel.LINUX_5_12, true, 2);

    private final StepBench bench =
            new StepBench(MachineConfig.of(Topology.even(2, 1)).with(TWO_MAY_WAIT));

    /** Leaves the CPU suspended with {@code batches} batches waiting. */
    private void suspend(int batches) {
        bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 100));
        for (int i = 0; i < batches; i++) {
            bench.start(CPU);
        }
        bench.forget();
    }

    @Test
    void shouldDropTheFramesAndTakeTheCompletions() {
        final Skb[] sent = bench.skbs(2);
        suspend(2);

        bench.startPoll(sent, frame(Verdict.PASS, 7), frame(Verdict.PASS, 8));
        bench.settle();

        assertThat(bench.heads(CPU))
                .containsExactly(
                        "SINGLE_ALLOC n0/2 any",
                        "BORN n0/2 build_skb",
                        "DATA_TAKEN n0/2",
                        "FRAME_DROPPED flow 7",
                        "FRAME_DROPPED flow 8",
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 napi_consume_skb",
                        "PUT n0/0 1",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 napi_consume_skb",
                        "PUT n0/1 2");
        assertThat(bench.answers()).endsWith("PollDone cpu-0 received 0 dropped 2");
        assertThat(bench.report(CPU).framesDropped()).isEqualTo(2);
    }

    @Test
    void shouldTakeFramesAsLongAsThereIsRoom() {
        suspend(1);

        bench.startPoll(new Skb[0], frame(Verdict.PASS, 7));
        bench.startPoll(new Skb[0], frame(Verdict.PASS, 8));
        bench.settle();

        assertThat(bench.answers())
                .endsWith("PollDone cpu-0 received 1 dropped 0", "PollDone cpu-0 received 0 dropped 1");
        assertThat(bench.report(CPU).framesDropped()).isEqualTo(1);
    }

    @Test
    void shouldTakeBatchesInterruptsAndOrdersWhateverWaits() {
        final Skb[] sent = bench.skbs(2);
        suspend(2);

        bench.start(CPU);
        bench.send(CPU, new CpuMessage.HardInterrupt(sent[0]));
        bench.send(CPU, new CpuMessage.HandOver(CPU_1, new int[] {sent[1].head()}));
        bench.send(CPU, new CpuMessage.Drain(MACHINE));

        assertThat(bench.cpu(CPU).backlog()).isEqualTo(6);
        bench.settle();
        assertThat(bench.heads(CPU)).contains("PUT n0/0 1", "PUT n0/1 2", "FLUSH n0/0-1 slots 0-1");
        assertThat(bench.answers()).hasSize(5).endsWith(new MachineMessage.Drained(CPU).toString());
    }

    /** Every frame is either received or dropped in the answer, whoever gives it. */
    @Test
    void shouldLetTheSurvivorTakeAPollWithItsFramesThatFoundTheBacklogFull() {
        suspend(0);
        bench.send(CPU, new CpuMessage.Offline(MACHINE, OfflinePolicy.PARK, CPU_1));
        bench.start(CPU);
        bench.startPoll(new Skb[0], frame(Verdict.DROP, 7));
        bench.settle();

        assertThat(bench.answers()).endsWith("PollDone cpu-1 received 1 dropped 0");
        assertThat(bench.heads(CPU)).doesNotContain("FRAME_DROPPED flow 7");
        assertThat(bench.report(CPU).framesDropped()).isZero();
    }

    @Test
    void shouldRefuseALimitThatNothingFitsIn() {
        assertThatThrownBy(() -> new CpuPolicy(CachePolicy.LINUX_5_12, Kernel.LINUX_5_12, true, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("impossible backlog: backlogLimit=0 must be 1 or more");
    }
}
