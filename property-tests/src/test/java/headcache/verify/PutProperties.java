package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineConfig;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.Twin;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

/**
 * Which heads a softirq puts, and which go past its cache (I17). What is due is read off the skb and the function that
 * is called; what was done is read off the parked heads and the messages to slabs, before and after.
 */
class PutProperties {
    private static final Kernel KERNEL = Kernel.LINUX_5_12;
    private static final DriverId SELF = new DriverId(8);

    @Property(tries = 800)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I17 out: in a softirq a budget, GRO's merges, __kfree_skb_defer and the transmit softirq put the head of a plain"
                    + " skb at its last reference; twins, budget 0 and kfree_skb go past the cache")
    void waysOut(
            @ForAll("prepared") Scenario scenario,
            @ForAll SkbShape shape,
            @ForAll @IntRange(min = 1, max = 2) int users,
            @ForAll WayOut draft,
            @ForAll boolean intoAggregate,
            @ForAll @IntRange(max = 35) int where) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        final int cpus = scenario.machine().topology().cpus();
        final CpuId cpu = new CpuId(where % cpus);
        final @Nullable Skb[] slots = made(run, new CpuId(where / 6 % cpus), shape, users, intoAggregate);
        final Skb skb = slots[0];
        if (skb != null) {
            final WayOut way = legal(draft, skb);
            final boolean linked = intoAggregate && slots[2] != null && way == WayOut.GRO_LIST_MEMBER;
            final Op release = new Op.Release(way, 0, intoAggregate && isGro(way) ? 2 : Op.NO_SLOT);
            mustGo(
                    target(skb, way, linked),
                    skb,
                    scenario.machine(),
                    CacheWatch.of(run, cpu, () -> new Probe(run).call(cpu, slots, release)));
        }
        Often.require("skb", 70, skb != null);
        Often.require("plain skb put", 8, skb != null && target(skb, legal(draft, skb), false) == Target.CACHE);
        Often.require(
                "pair that a softirq may not put",
                5,
                skb != null
                        && skb.twin() != Twin.NONE
                        && users == 1
                        && legal(draft, skb) == draft
                        && draft != WayOut.KFREE_SKB);
    }

    private static @Nullable Skb[] made(NetworkRun run, CpuId maker, SkbShape shape, int users, boolean aggregate) {
        final List<Op> ops = new ArrayList<>(List.of(shape.ops()));
        for (int i = 1; i < users; i++) {
            ops.add(new Op.Share(0));
        }
        ops.add(new Op.Attach(0, Held.DST));
        if (aggregate) {
            ops.add(Op.allocate(WayIn.ALLOC_SKB, 2));
        }
        return new Probe(run).call(maker, new Skb[3], ops.toArray(new Op[0])).slots();
    }

    /** {@code way}, or the next one that a correct caller may end {@code skb} by. */
    private static WayOut legal(WayOut way, Skb skb) {
        final SlotState state = new SlotState(skb.twin(), skb.paired(), skb.users(), false, skb.holds());
        final WayOut[] ways = WayOut.values();
        int at = way.ordinal();
        while (!state.mayEndBy(ways[at % ways.length], KERNEL)) {
            at++;
        }
        return ways[at % ways.length];
    }

    private static boolean isGro(WayOut way) {
        return way == WayOut.GRO_STOLEN_HEAD || way == WayOut.GRO_LIST_MEMBER;
    }

    /** Where a head has to go. */
    private enum Target {
        CACHE,
        SLAB,
        NOWHERE
    }

    private static Target target(Skb skb, WayOut way, boolean linked) {
        final Target unlessTwin = skb.twin() == Twin.NONE ? Target.CACHE : Target.SLAB;
        final boolean shared = skb.users() > 1;
        return switch (way) {
            case NAPI_CONSUME_SKB, HAND_BACK, DEV_KFREE_SKB_IRQ -> shared ? Target.NOWHERE : unlessTwin;
            case NAPI_CONSUME_SKB_BUDGET_0, KFREE_SKB -> shared ? Target.NOWHERE : Target.SLAB;
            case KFREE_SKB_DEFER, GRO_STOLEN_HEAD, GRO_MERGED_FREE -> unlessTwin;
            case GRO_FRAGS_REUSE -> Target.NOWHERE;
            case GRO_LIST_MEMBER -> linked ? Target.NOWHERE : Target.SLAB;
        };
    }

    private static void mustGo(Target target, Skb skb, MachineConfig machine, CacheWatch watch) {
        assertThat(watch.others()).isTrue();
        if (target == Target.CACHE) {
            final NaiveCache naive = new NaiveCache(machine.policy().cache());
            naive.refill(watch.before());
            final List<Integer> spilled = naive.put(skb.head());
            assertThat(watch.after()).isEqualTo(naive.heads());
            assertThat(watch.messages()).allMatch(SlabMessage.BulkFree.class::isInstance);
            assertThat(watch.messages().stream()
                            .flatMap(free -> Arrays.stream(((SlabMessage.BulkFree) free).heads())
                                    .boxed()))
                    .containsExactlyInAnyOrderElementsOf(spilled);
            return;
        }
        assertThat(watch.isPast()).isTrue();
        if (target == Target.SLAB) {
            assertThat(watch.toSlabs()).hasSize(1);
            final SlabMessage.SingleFree free =
                    (SlabMessage.SingleFree) watch.messages().get(0);
            assertThat(free.head()).isEqualTo(skb.head());
            assertThat(free.half()).isEqualTo(skb.paired());
        } else {
            assertThat(watch.messages()).isEmpty();
        }
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I17 interrupts: a hard interrupt only queues, even while the softirq stands still; the transmit softirq puts"
                    + " the head of a plain skb and no twin")
    void interrupts(
            @ForAll("machines") MachineDraft draft, @ForAll SkbShape shape, @ForAll @IntRange(max = 5) int where) {
        final MachineConfig machine = draft.config();
        final CpuId cpu = new CpuId(where % machine.topology().cpus());
        final NetworkRun run = new NetworkRun(new Scenario(machine, List.of(), StepNetwork.OLDEST_FIRST), Tap.NONE);
        final @Nullable Skb[] slots =
                new Probe(run).call(new CpuId(0), new Skb[3], shape.ops()).slots();
        new Probe(run).send(cpu, new CpuMessage.Drain(SELF));
        final Skb skb = slots[0];
        if (skb != null) {
            final StepNetwork network = run.network();
            network.send(
                    SELF, cpu, new CpuMessage.Batch(SELF, new Op[] {Op.allocate(WayIn.NAPI_BUILD_SKB, 0)}, new Skb[1]));
            network.deliver(SELF, cpu);
            final CacheWatch queued = CacheWatch.of(run, cpu, () -> {
                network.send(SELF, cpu, new CpuMessage.HardInterrupt(skb));
                network.deliver(SELF, cpu);
            });
            assertThat(network.cpu(cpu.index()).isSuspended()).isTrue();
            assertThat(queued.isPast() && queued.messages().isEmpty()).isTrue();
            network.settle(1000);
            assertThat(puts(run, cpu)).isEqualTo(skb.twin() == Twin.NONE ? List.of(skb.head()) : List.of());
        }
        Often.require("skb", 70, skb != null);
    }

    private static List<Integer> puts(NetworkRun run, CpuId cpu) {
        return run.history(cpu.index()).stream()
                .filter(entry -> entry instanceof Entry.Did did && did.kind() == EventKind.PUT)
                .map(entry -> ((Entry.Did) entry).head())
                .toList();
    }

    @Provide
    Arbitrary<MachineDraft> machines() {
        return MachineArbitraries.machines(KERNEL);
    }

    @Provide
    Arbitrary<Scenario> prepared() {
        return MachineArbitraries.prepared(MachineArbitraries.machines(KERNEL));
    }
}
