package headcache.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.MachineFailure;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.NodeReport;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.skb.Kernel;
import headcache.step.Tap;
import headcache.workload.generated.Generator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadRunTest {
    private static final RunOptions IN_ORDER = RunOptions.DEFAULT.with(Threads.DETERMINISTIC);
    private static final RunOptions AT_ONCE = RunOptions.DEFAULT.with(new Threads(3, false));
    private static final CachePolicy ODD = new CachePolicy(10, 7, 3, SpillEnd.OLDEST);

    private static Workload made(Generator generator, int cpus, long packets) {
        return generator.workload(generator.defaults().withCpus(cpus).withPackets(packets));
    }

    private static RunResult run(Workload workload, RunOptions options) {
        return WorkloadRun.run(workload, options, ProgressListener.NONE);
    }

    private static CpuPolicy policy(CachePolicy cache, boolean acknowledged) {
        return new CpuPolicy(cache, Kernel.LINUX_5_12, acknowledged, CpuPolicy.BACKLOG_LIMIT);
    }

    private static void shouldAgree(RunResult result, CountingCaches expected) {
        final List<CpuReport> cpus = RunResult.cpus(result.atEnd());
        assertThat(cpus).hasSameSizeAs(expected.gets);
        for (int i = 0; i < cpus.size(); i++) {
            assertThat(cpus.get(i).gets()).isEqualTo(expected.gets[i]);
            assertThat(cpus.get(i).puts()).isEqualTo(expected.puts[i]);
            assertThat(cpus.get(i).refills()).isEqualTo(expected.refills[i]);
            assertThat(cpus.get(i).spills()).isEqualTo(expected.spills[i]);
            assertThat(cpus.get(i).parked()).isEqualTo(expected.parked[i]);
        }
        assertThat(result.faults()).isEmpty();
        assertThat(result.failed()).isZero();
        assertThat(result.cancelled()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountTheSameInWhateverOrderCpusRun(Generator generator) {
        final Workload workload = made(generator, 4, 30_000);
        final CountingCaches expected = new CountingCaches(workload, CachePolicy.LINUX_5_12, 2);
        for (final RunOptions options : List.of(IN_ORDER, AT_ONCE)) {
            final RunResult result = run(workload, options.withRepeat(2));

            assertThat(result.packets()).isEqualTo(60_000);
            assertThat(result.operations())
                    .isEqualTo(2 * OrderCheck.of(workload).operations());
            shouldAgree(result, expected);
        }
    }

    /** On one thread nobody gets ahead of anybody: contexts take turns as the workload has them. */
    @ParameterizedTest
    @EnumSource
    void shouldKeepTheWorkloadsOrderOnOneThread(Generator generator) {
        final Workload workload = made(generator, 4, 3_000);
        final List<ActorName> played = new ArrayList<>();
        run(workload, IN_ORDER.with((Tap) (who, message, state, events) -> {
            if (message instanceof CpuMessage.Batch batch) {
                for (final Op op : batch.ops()) {
                    played.addAll(Collections.nCopies(
                            op instanceof Op.BuildBulk bulk ? bulk.slots().size() : 1, who));
                }
            }
        }));

        final List<ActorName> written = new ArrayList<>();
        final OpBuffer ops = new OpBuffer();
        for (final OpStream stream = workload.open(); stream.read(ops); ops.clear()) {
            for (int i = 0; i < ops.size(); i++) {
                written.add(Context.actor(ops.queue(i)));
            }
        }
        assertThat(played).isEqualTo(written);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFollowItsPolicy(Generator generator) {
        final Workload workload = made(generator, 5, 10_000);
        final CountingCaches expected = new CountingCaches(workload, ODD, 1);

        shouldAgree(run(workload, AT_ONCE.with(policy(ODD, true))), expected);
        shouldAgree(run(workload, AT_ONCE.with(policy(ODD, false))), expected);
    }

    /** A companion is the other half of what its original has from the slab. */
    @ParameterizedTest
    @EnumSource
    void shouldTakeEverySkbFromTheSlabBeforeTheSeries(Generator generator) {
        final Workload workload = made(generator, 4, 10_000);

        final RunResult result = run(workload, AT_ONCE.with(CpuPolicy.LINUX_5_11));

        assertThat(RunResult.nodes(result.atEnd()).stream()
                        .mapToLong(NodeReport::singleAllocs)
                        .sum())
                .isEqualTo(10_000 - OrderCheck.of(workload).cloned());
        assertThat(result.faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = "NUMA_PING_PONG") // one skb at a time needs no more than two pages
    void shouldCancelWhatFollowsAFailedAllocation(Generator generator) {
        final Workload workload = made(generator, 4, 10_000);

        final RunResult result = run(workload, AT_ONCE.withPageLimit(2));

        assertThat(result.packets()).isEqualTo(10_000);
        assertThat(result.failed()).isPositive().isGreaterThanOrEqualTo(result.failedGets());
        assertThat(result.cancelled()).isGreaterThanOrEqualTo(result.failed());
        assertThat(result.failedWhileParked().orElseThrow()).isBetween(0L, result.failedGets());
        assertThat(result.faults()).isEmpty();
    }

    /** 64 gets on one page of 32 heads: two refills, then nothing, and nothing is parked anywhere else. */
    @Test
    void shouldFailEveryGetThatFindsNothing() {
        final RunResult result = run(made(Generator.ONE_WAY, 2, 64), AT_ONCE.withPageLimit(1));

        final CpuReport taking = RunResult.cpus(result.atEnd()).get(0);
        assertThat(taking.refills()).isEqualTo(2);
        assertThat(taking.failedRefills()).isEqualTo(32);
        assertThat(result.failedGets()).isEqualTo(32);
        assertThat(result.failed()).isEqualTo(32);
        assertThat(result.cancelled()).isEqualTo(32);
        assertThat(result.failedWhileParked()).hasValue(0);
        assertThat(RunResult.cpus(result.atEnd()).get(1).parked()).isEqualTo(32);
        assertThat(result.faults()).isEmpty();
    }

    /** One CPU's heads are never elsewhere; with two, one keeps what the other one lacks. */
    @Test
    void shouldTellWhenHeadsAreParkedElsewhere() {
        final RunResult alone = run(made(Generator.BURST, 1, 1_000), IN_ORDER.withPageLimit(1));
        assertThat(alone.failedGets()).isEqualTo(10 * 68);
        assertThat(alone.failedWhileParked()).hasValue(0);

        final RunResult two = run(made(Generator.BURST, 2, 2_000), IN_ORDER.withPageLimit(1));
        assertThat(two.failedGets()).isGreaterThan(2 * 10 * 68);
        assertThat(two.failedWhileParked().orElseThrow()).isPositive().isLessThan(two.failedGets());
    }

    @Test
    void shouldRepeatItselfByteForByteInOrder() {
        final Workload workload = made(Generator.NUMA_CROSS, 6, 20_000);
        final RunOptions options = IN_ORDER.withPageLimit(6).withSeed(5);
        final RunResult first = run(workload, options);
        final RunResult second = run(workload, options);

        assertThat(first.failed()).isPositive();
        assertThat(second.atEnd()).isEqualTo(first.atEnd());
        assertThat(second.drained()).isEqualTo(first.drained());
        assertThat(second.batches()).isEqualTo(first.batches());
        assertThat(second.failedWhileParked()).isEqualTo(first.failedWhileParked());
    }

    /**
     * Ten times the packets, ten times the messages, and what goes to the slab and comes back. In order, a batch ends where
     * another context goes on, which depends on the dice: a tenth more or less.
     */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IDLE_HOARD", "NUMA_PING_PONG"}) // which ask the slab at the beginning
    void shouldCostMessagesInProportionToPackets(Generator generator) {
        final RunResult one = run(made(generator, 4, 50_000), IN_ORDER);
        final RunResult ten = run(made(generator, 4, 500_000), IN_ORDER);

        assertThat((double) ten.batches()).isBetween(9.0 * one.batches(), 11.0 * one.batches());
        assertThat((double) slabMessages(ten)).isBetween(9.5 * slabMessages(one), 10.5 * slabMessages(one));
    }

    private static long slabMessages(RunResult result) {
        return RunResult.cpus(result.atEnd()).stream()
                .mapToLong(CpuReport::slabMessages)
                .sum();
    }

    @Test
    void shouldTellHowFarItIs() {
        final List<Long> told = new ArrayList<>();
        WorkloadRun.run(made(Generator.ONE_WAY, 2, 500_000), AT_ONCE.withRepeat(2), (packets, total) -> {
            assertThat(total).isEqualTo(1_000_000);
            told.add(packets);
        });

        assertThat(told).hasSizeGreaterThan(4).isSorted().endsWith(1_000_000L);
    }

    @Test
    void shouldShowEveryStepToTheTap() {
        final LongAdder operations = new LongAdder();
        final RunOptions watched = AT_ONCE.withPageLimit(2).with((who, message, state, events) -> {
            if (message instanceof headcache.protocol.CpuMessage.Batch batch) {
                operations.add(batch.ops().length);
            }
        });

        final RunResult result = run(made(Generator.TCP_RX, 2, 10_000), watched);

        assertThat(operations.sum()).isEqualTo(result.operations());
        assertThat(result.failedWhileParked()).isPresent();
    }

    @Test
    void shouldRunOnALargerMachineButNotOnASmallerOne() {
        final Workload workload = made(Generator.NUMA_CROSS, 4, 1_000);
        final RunResult result = run(workload, AT_ONCE.with(Topology.even(7, 3)));

        assertThat(RunResult.cpus(result.atEnd())).hasSize(7);
        assertThat(result.faults()).isEmpty();
        assertThatThrownBy(() -> run(workload, AT_ONCE.with(Topology.even(3, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("machine too small: cpus=3 nodes=2, workload numa-cross needs cpus=4 nodes=2");
        assertThatThrownBy(() -> AT_ONCE.withRepeat(0)).hasMessage("impossible run: repeat=0 must be 1 or more");
    }

    @Test
    @Timeout(20)
    void shouldTellAtOnceWhoCrashed() {
        final OpKinds kinds = new OpKinds();
        final OpBuffer ops = new OpBuffer();
        ops.add(kinds.in(WayIn.NAPI_BUILD_SKB), Context.TASK.queue(0), 0);
        final Workload impossible = ListedWorkload.of(Topology.even(1, 1), kinds, ops);

        assertThatThrownBy(() -> run(impossible, AT_ONCE))
                .isInstanceOf(MachineFailure.class)
                .hasMessage("task-0 crashed: napi_build_skb needs NAPI context, but was called by a task: cpu=0")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFindSkbsThatNeverEnd() {
        final OpKinds kinds = new OpKinds();
        final OpBuffer ops = new OpBuffer();
        ops.add(kinds.in(WayIn.NAPI_BUILD_SKB), Context.SOFTIRQ.queue(0), 0);
        ops.add(kinds.in(WayIn.ALLOC_SKB_FCLONE), Context.TASK.queue(0), 1);

        final RunResult result = run(ListedWorkload.of(Topology.even(1, 1), kinds, ops), AT_ONCE);

        assertThat(result.faults()).containsExactly("after the drain: node-0 headsInUse=1 pairsInUse=1");
    }
}
