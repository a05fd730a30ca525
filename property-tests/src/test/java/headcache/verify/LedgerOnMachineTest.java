package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.machine.MachineConfig;
import headcache.machine.MachinePlan;
import headcache.machine.RunningMachine;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.step.Step;
import headcache.verify.CarelessCache.Mistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ledger watches real actors: right ones, and ones with a mistake that they do not notice themselves. */
class LedgerOnMachineTest {
    private static final CpuId CPU0 = new CpuId(0);
    private static final CpuId CPU1 = new CpuId(1);

    private final Ledger ledger = new Ledger();

    private RunningMachine boot(MachinePlan plan) {
        return RunningMachine.boot(plan, Threads.DETERMINISTIC, Duration.ofSeconds(20));
    }

    private static CpuPolicy policy(Kernel kernel) {
        return new CpuPolicy(CachePolicy.LINUX_5_12, kernel, true, CpuPolicy.BACKLOG_LIMIT);
    }

    private MachinePlan plan(Kernel kernel) {
        return MachineConfig.of(Topology.even(2, 2)).with(policy(kernel)).plan(ledger);
    }

    private static @Nullable Skb[] run(RunningMachine machine, CpuId cpu, @Nullable Skb[] slots, List<Op> ops) {
        machine.send(cpu, new CpuMessage.Batch(machine.console(), ops.toArray(new Op[0]), slots));
        return ((BatchDone) machine.receive()).slots();
    }

    private static List<Op> gets(int count) {
        return IntStream.range(0, count)
                .mapToObj(slot -> Op.allocate(WayIn.NAPI_BUILD_SKB, slot))
                .toList();
    }

    private static List<Op> consumes(int count) {
        return IntStream.range(0, count)
                .mapToObj(slot -> Op.release(WayOut.NAPI_CONSUME_SKB, slot))
                .toList();
    }

    @Test
    void shouldAgreeWithTheSlabsThatHeadsOfTwoNodesAreHome() {
        try (RunningMachine machine = boot(plan(Kernel.LINUX_5_12))) {
            run(machine, CPU1, run(machine, CPU0, new Skb[100], gets(100)), consumes(100));

            assertThat(ledger.balance().in(Place.IN_CACHE))
                    .isEqualTo(machine.snapshot().cpu(CPU0).parked()
                            + machine.snapshot().cpu(CPU1).parked());
            machine.drain();
            assertThat(machine.snapshot().node(NodeId.of(0)).headsInUse()).isZero();
            ledger.checkAllHome();

            assertThat(ledger.violations()).isEmpty();
            assertThat(ledger.begun()).isEqualTo(100);
            assertThat(ledger.ended()).isEqualTo(100);
            assertThat(ledger.balance().known()).isEqualTo(112);
            assertThat(ledger.balance().in(Place.IN_SLAB)).isEqualTo(112);
        }
    }

    @Test
    void shouldHoldForAggregatesClonesTwinsAndWhatSkbsHold() {
        final List<Op> ops = new ArrayList<>(gets(3));
        for (final Held what : Held.values()) {
            ops.add(new Op.Attach(1, what));
        }
        ops.add(new Op.Clone(0, 3));
        ops.add(new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0));
        ops.add(new Op.Release(WayOut.GRO_LIST_MEMBER, 2, 0));
        ops.add(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 4));
        ops.add(new Op.Clone(4, 5));
        ops.add(new Op.Share(5));
        ops.add(Op.release(WayOut.KFREE_SKB, 4));
        ops.add(Op.release(WayOut.NAPI_CONSUME_SKB, 5));
        ops.add(Op.release(WayOut.NAPI_CONSUME_SKB, 5));
        ops.add(Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        ops.add(Op.release(WayOut.KFREE_SKB, 3));
        ops.add(new Op.Allocate(WayIn.NAPI_ALLOC_SKB_KMALLOC, 6, 0, Op.ANY_NODE, true));
        ops.add(Op.allocate(WayIn.NAPI_GET_FRAGS, 7));
        ops.add(Op.release(WayOut.GRO_FRAGS_REUSE, 7));
        ops.add(Op.release(WayOut.DEV_KFREE_SKB_IRQ, 7));
        try (RunningMachine machine = boot(plan(Kernel.LINUX_5_12))) {
            assertThat(run(machine, CPU0, new Skb[8], ops)).containsOnlyNulls();
            machine.drain();
            machine.snapshot();
        }
        ledger.checkAllHome();
        assertThat(ledger.violations()).isEmpty();
        assertThat(ledger.begun()).isEqualTo(7);
        assertThat(ledger.ended()).isEqualTo(7);
    }

    @Test
    void shouldFindTheReferencesThatTheUnfixedKernelForgets() {
        try (RunningMachine machine = boot(plan(Kernel.LINUX_5_12_UNFIXED))) {
            run(
                    machine,
                    CPU0,
                    new Skb[2],
                    List.of(
                            gets(2).get(0),
                            gets(2).get(1),
                            new Op.Attach(1, Held.CONNTRACK),
                            new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0)));
        }
        assertThat(ledger.violations())
                .extracting(
                        Violation::invariant, Violation::head, v -> v.facts().split(" at ", 2)[0])
                .containsExactly(tuple(Invariant.I6, Head.plain(0, 14), "ended without releasing CONNTRACK"));
    }

    @Test
    void shouldFindThePairThatTheUnfixedKernelPuts() {
        try (RunningMachine machine = boot(withCache(Kernel.LINUX_5_12_UNFIXED, Mistake.LOSES_PUTS))) {
            run(
                    machine,
                    CPU0,
                    new Skb[2],
                    List.of(
                            gets(1).get(0),
                            Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1),
                            new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0)));
        }
        assertThat(ledger.violations())
                .extracting(Violation::invariant, Violation::head)
                .containsExactly(
                        tuple(Invariant.I8, Head.fclone(0, 0)),
                        tuple(Invariant.I1, Head.fclone(0, 0))); // the cache lost what it was given
    }

    @Test
    void shouldFindAnSkbThatTwoCpusPut() {
        try (RunningMachine machine = boot(plan(Kernel.LINUX_5_12))) {
            final @Nullable Skb[] got = run(machine, CPU0, new Skb[1], gets(1));
            run(machine, CPU0, got.clone(), consumes(1));
            run(machine, CPU1, got, consumes(1));
        }
        assertThat(ledger.violations())
                .extracting(Violation::invariant, Violation::head)
                .contains(tuple(Invariant.I2, Head.plain(0, 15)));
        assertThat(ledger.violations().get(0).facts())
                .startsWith("ended by cpu-1, but it was in the cache of cpu-0 since step=");
    }

    @Test
    void shouldFindACacheThatSpillsAndForgetsToLowerItsCount() {
        try (RunningMachine machine = boot(withCache(Kernel.LINUX_5_12, Mistake.KEEPS_WHAT_IT_SPILLS))) {
            final @Nullable Skb[] got = run(machine, CPU1, new Skb[64], gets(64));
            run(machine, CPU0, got, consumes(64));
            assertThat(ledger.violations()).isEmpty();
            run(machine, CPU0, new Skb[1], gets(1));
        }
        assertThat(ledger.violations())
                .extracting(Violation::invariant, Violation::head)
                .startsWith(tuple(Invariant.I2, Head.plain(1, 48)));
    }

    private MachinePlan withCache(Kernel kernel, Mistake mistake) {
        final MachinePlan plan = plan(kernel);
        final List<Step<CpuMessage>> cpus = new ArrayList<>(plan.cpus());
        cpus.set(0, new CpuStep(CPU0, NodeId.of(0), policy(kernel), new CarelessCache(mistake)));
        return new MachinePlan(
                cpus,
                plan.slabs(),
                plan.slabOfNode(),
                plan.depots(),
                plan.tasks(),
                plan.nics(),
                plan.drivers(),
                plan.tap());
    }
}
