package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.policy.Policies;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.workload.Context;
import headcache.workload.ListedWorkload;
import headcache.workload.OpBuffer;
import headcache.workload.OpKinds;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.WorkloadRun;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ParkedHeadsTest {
    private static final Topology MACHINE = Topology.even(2, 1);
    private static final Offset<Double> EXACT = within(1e-9);

    private final OpKinds kinds = new OpKinds();
    private final int begin = kinds.in(WayIn.NAPI_BUILD_SKB);
    private final int end = kinds.out(WayOut.NAPI_CONSUME_SKB);
    private final OpBuffer ops = new OpBuffer();
    private final ParkedHeads parked = new ParkedHeads(2);

    private void play(CpuPolicy policy) {
        WorkloadRun.run(
                ListedWorkload.of(MACHINE, kinds, ops),
                RunOptions.DEFAULT.with(policy).with(Threads.DETERMINISTIC).with(parked),
                ProgressListener.NONE);
    }

    private void begin(int cpu, int skb) {
        ops.add(begin, Context.SOFTIRQ.queue(cpu), skb);
    }

    private void end(int cpu, int skb) {
        ops.add(end, Context.SOFTIRQ.queue(cpu), skb);
    }

    /** A refill brings 16: two gets leave 15 and 14 to cpu-0, one put makes 15 again; cpu-1 puts its first. */
    @Test
    void shouldCountAtEachGetAndPut() {
        begin(0, 0);
        begin(0, 1);
        end(0, 0);
        end(1, 1);
        play(CpuPolicy.LINUX_5_12);

        assertThat(parked.peak()).isEqualTo(16);
        assertThat(parked.mean()).isEqualTo((15 + 14 + 15 + 1) / 4.0, EXACT);
    }

    /** 64 puts from empty: the last counts before its spill of half. Gets of cpu-0 leave 15 to 0, four times. */
    @Test
    void shouldCountBeforeASpill() {
        for (int i = 0; i < 64; i++) {
            begin(0, i);
        }
        for (int i = 0; i < 64; i++) {
            end(1, i);
        }
        play(CpuPolicy.LINUX_5_12);

        assertThat(parked.peak()).isEqualTo(64);
        assertThat(parked.mean()).isEqualTo((4 * (15 * 16 / 2) + 64 * 65 / 2) / 128.0, EXACT);
    }

    /**
     * cpu-1 sets 64 aside and posts them; they wait at cpu-0, which has 15 of its fifth refill. Its put is the 16th in the
     * cache, and 64 wait beside it.
     */
    @Test
    void shouldCountWhatLiesBesideACache() {
        for (int i = 0; i < 65; i++) {
            begin(0, i);
        }
        for (int i = 0; i < 64; i++) {
            end(1, i);
        }
        end(0, 64);
        play(Policies.named("snmalloc").orElseThrow().cpu());

        assertThat(parked.peak()).isEqualTo(16 + 64);
        assertThat(parked.mean()).isEqualTo((4 * (15 * 16 / 2) + 15 + 64 * 65 / 2 + 16 + 64) / 130.0, EXACT);
    }

    @Test
    void shouldBeNothingWithoutACache() {
        begin(0, 0);
        end(0, 0);
        play(Policies.named("no-cache").orElseThrow().cpu());

        assertThat(parked.peak()).isZero();
        assertThat(parked.mean()).isZero();
    }
}
