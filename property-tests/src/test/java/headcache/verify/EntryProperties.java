package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.DriverId;
import headcache.protocol.Head;
import headcache.protocol.NapiId;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.step.Tap;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

/**
 * The cache is used if and only if the entry conditions hold (I17). What is due is read off the request; what was done
 * is read off the parked heads and the messages to slabs, before and after.
 */
class EntryProperties {
    private static final Kernel KERNEL = Kernel.LINUX_5_12;
    private static final DriverId SELF = new DriverId(8);

    @Property(tries = 600)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I17 in: the cache serves napi_build_skb, napi_alloc_skb and napi_get_frags always, __alloc_skb with the NAPI"
                    + " flag, without the fclone flag and for any node or this CPU's memory node, and nothing else")
    void waysIn(
            @ForAll("prepared") Scenario scenario,
            @ForAll("waysIn") WayIn way,
            @ForAll("flags") int flags,
            @ForAll @IntRange(max = 4) int node,
            @ForAll @IntRange(max = 5) int puts,
            @ForAll @IntRange(max = 5) int where) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        final Topology topology = scenario.machine().topology();
        final CpuId cpu = new CpuId(where % topology.cpus());
        final int home = nearestMemory(topology, topology.nodeOfCpu().get(cpu.index()));
        final Op.Allocate request = request(way, flags, node % (topology.nodes() + 1) - 1);
        final boolean wasParked =
                asDue(run, scenario.machine(), cpu, puts, request, mustBeServedByCache(request, home));
        final boolean flagged = way == WayIn.ALLOC_SKB_FLAGS && flags == AllocFlag.NAPI.bit();
        final boolean elsewhere = request.node() != Op.ANY_NODE && request.node() != home;
        Often.require("NAPI flag and another node", 3, flagged && elsewhere);
        Often.require("NAPI flag and this CPU's memory node", 3, flagged && request.node() == home);
        Often.require("head that was parked", 25, wasParked);
    }

    /** CPU 0 is on node 0 without memory, so its memory node is node 1. */
    @Example
    void shouldTakeTheMemoryNodeForThisNode() {
        final MachineConfig machine = MachineConfig.of(Topology.even(2, 2).withoutMemory(0));
        final NetworkRun run = new NetworkRun(new Scenario(machine, List.of(), StepNetwork.OLDEST_FIRST), Tap.NONE);
        for (final int node : new int[] {Op.ANY_NODE, 0, 1}) {
            final Op.Allocate request = request(WayIn.ALLOC_SKB_FLAGS, AllocFlag.NAPI.bit(), node);
            assertThat(asDue(run, machine, new CpuId(0), 3, request, node != 0)).isEqualTo(node != 0);
        }
    }

    /** Checks what serves {@code request} after {@code puts} puts; whether it got a head that was parked. */
    private static boolean asDue(
            NetworkRun run, MachineConfig machine, CpuId cpu, int puts, Op.Allocate request, boolean byCache) {
        final Command.Burst burst = new Command.Burst(cpu, WayIn.ALLOC_SKB, WayOut.NAPI_CONSUME_SKB, puts, true);
        new Probe(run).call(cpu, new Skb[puts], burst.ops());
        final @Nullable Skb[] slots = new Skb[1];
        final CacheWatch watch = CacheWatch.of(
                run,
                cpu,
                () -> slots[0] = new Probe(run).call(cpu, new Skb[1], request).slots()[0]);
        final Skb skb = slots[0];
        assertThat(watch.others()).isTrue();
        if (byCache) {
            servedByCache(watch, skb, cpu, machine.policy());
        } else {
            final boolean pair = request.way() == WayIn.ALLOC_SKB_FCLONE || AllocFlag.FCLONE.in(request.flags());
            servedBySlab(watch, skb, cpu, request, pair ? SlabKind.FCLONE : SlabKind.HEAD);
        }
        return skb != null && watch.before().contains(skb.head());
    }

    /** The entry conditions, as the kernel's documents have them. */
    private static boolean mustBeServedByCache(Op.Allocate request, int memoryNode) {
        return switch (request.way()) {
            case NAPI_BUILD_SKB, NAPI_ALLOC_SKB_FRAG, NAPI_ALLOC_SKB_KMALLOC, NAPI_GET_FRAGS -> true;
            case ALLOC_SKB_FLAGS ->
                AllocFlag.NAPI.in(request.flags())
                        && !AllocFlag.FCLONE.in(request.flags())
                        && (request.node() == Op.ANY_NODE || request.node() == memoryNode);
            case ALLOC_SKB, ALLOC_SKB_FCLONE, BUILD_SKB, NETDEV_ALLOC_SKB, SKB_CLONE -> false;
        };
    }

    private static void servedByCache(CacheWatch watch, @Nullable Skb skb, CpuId cpu, CpuPolicy policy) {
        final List<Integer> before = watch.before();
        if (before.isEmpty()) {
            final int refill = policy.cache().refill();
            assertThat(watch.messages()).containsExactly(new SlabMessage.BulkAlloc(cpu, refill));
            assertThat(watch.after()).hasSize(skb == null ? 0 : refill - 1);
        } else {
            assertThat(watch.messages()).isEmpty();
            assertThat(Objects.requireNonNull(skb).head()).isEqualTo(before.get(before.size() - 1));
            assertThat(watch.after()).isEqualTo(before.subList(0, before.size() - 1));
        }
    }

    private static void servedBySlab(
            CacheWatch watch, @Nullable Skb skb, CpuId cpu, Op.Allocate request, SlabKind kind) {
        final boolean any = request.node() == Op.ANY_NODE;
        final boolean entitled = request.way() == WayIn.ALLOC_SKB_FLAGS && AllocFlag.RX.in(request.flags());
        assertThat(watch.isPast()).isTrue();
        assertThat(watch.messages()).containsExactly(new SlabMessage.SingleAlloc(cpu, kind, any, entitled));
        assertThat(any || watch.toSlabs().get(0).to().equals(NodeId.of(request.node())))
                .isTrue();
        assertThat(skb == null || Head.isFclone(skb.head()) == (kind == SlabKind.FCLONE))
                .isTrue();
    }

    @Property(tries = 400)
    @StatisticsReport(onFailureOnly = true)
    @Label("I17 in: a clone is the free companion of an original or a head from the slab, never one from the cache")
    void clones(@ForAll("prepared") Scenario scenario, @ForAll SkbShape shape, @ForAll @IntRange(max = 5) int where) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        final CpuId cpu = new CpuId(where % scenario.machine().topology().cpus());
        final @Nullable Skb[] slots =
                new Probe(run).call(cpu, new Skb[4], shape.ops()).slots();
        final Skb skb = slots[0];
        final CacheWatch watch = CacheWatch.of(run, cpu, () -> new Probe(run).call(cpu, slots, new Op.Clone(0, 3)));

        assertThat(watch.isPast() && watch.others()).isTrue();
        if (skb == null || shape == SkbShape.ORIGINAL) {
            assertThat(watch.messages()).isEmpty();
        } else {
            assertThat(watch.messages()).containsExactly(new SlabMessage.SingleAlloc(cpu, SlabKind.HEAD, true, false));
        }
        Often.require("something to clone", 60, skb != null);
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    @Label("I17 tasks: whatever a task allocates, clones and frees, no cache notices")
    void tasks(
            @ForAll("prepared") Scenario scenario,
            @ForAll("taskWaysIn") WayIn way,
            @ForAll @IntRange(max = 5) int where) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        final List<List<Integer>> before = CacheWatch.parked(run);
        final TaskId task = new TaskId(where % scenario.machine().topology().cpus());
        final Op[] ops = {
            request(way, AllocFlag.RX.bit(), Op.ANY_NODE),
            new Op.Clone(0, 1),
            new Op.Clone(0, 2),
            Op.release(WayOut.KFREE_SKB, 2),
            Op.release(WayOut.KFREE_SKB, 0),
            Op.release(WayOut.KFREE_SKB, 1)
        };
        assertThat(new Probe(run).call(task, new Skb[3], ops).slots()).containsOnlyNulls();
        assertThat(CacheWatch.parked(run)).isEqualTo(before);
        Often.require("parked heads", 40, before.stream().anyMatch(heads -> !heads.isEmpty()));
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I17 polls: a poll gets a head for each frame of a napi_* way and puts one for each completion and each merged"
                    + " frame; frames of other ways, passed, dropped and linked ones go past the cache")
    void polls(
            @ForAll("frameWays") WayIn way,
            @ForAll Verdict verdict,
            @ForAll @IntRange(max = 9) int frames,
            @ForAll @IntRange(max = 9) int completions) {
        final NetworkRun run = new NetworkRun(
                new Scenario(MachineConfig.of(Topology.even(1, 1)), List.of(), StepNetwork.OLDEST_FIRST), Tap.NONE);
        final CpuId cpu = new CpuId(0);
        final Op[] makes = IntStream.range(0, completions)
                .mapToObj(slot -> Op.allocate(WayIn.ALLOC_SKB, slot))
                .toArray(Op[]::new);
        final Skb[] sent = Arrays.stream(
                        new Probe(run).call(cpu, new Skb[completions], makes).slots())
                .map(Objects::requireNonNull)
                .toArray(Skb[]::new);
        final Command.Frames received = new Command.Frames(frames, way, verdict, 1, null, 0);
        new Probe(run).send(cpu, new CpuMessage.Poll(SELF, new NapiId(0), sent, received.toArray()));

        final boolean reuses = verdict == Verdict.MERGE_REUSE && way == WayIn.NAPI_GET_FRAGS;
        final int merged = verdict.name().startsWith("MERGE") ? Math.max(0, frames - 1) : 0;
        final int needed = reuses ? Math.min(2, frames) : frames;
        final int put = verdict == Verdict.MERGE_LIST || reuses ? 0 : merged;
        final int kept = reuses ? needed / 2 : 0;
        final boolean cached =
                mustBeServedByCache(new Op.Allocate(way, 0, AllocFlag.NAPI.bit(), Op.ANY_NODE, false), 0);
        final CpuReport report = run.network().cpu(0).report();
        assertThat(report.gets()).isEqualTo(cached ? needed : 0);
        assertThat(report.singleAllocs()).isEqualTo(completions + (cached ? 0 : needed));
        assertThat(report.puts()).isEqualTo(completions + put);
        assertThat(report.singleFrees()).isEqualTo(needed - put - kept);
    }

    private static Op.Allocate request(WayIn way, int flags, int node) {
        return switch (way) {
            case ALLOC_SKB_FLAGS -> new Op.Allocate(way, 0, flags, node, false);
            case ALLOC_SKB, ALLOC_SKB_FCLONE -> new Op.Allocate(way, 0, 0, node, false);
            default -> new Op.Allocate(way, 0, 0, Op.ANY_NODE, false);
        };
    }

    /** The nearest node with memory to {@code node}, of two equally near ones the lower. */
    private static int nearestMemory(Topology topology, int node) {
        for (int distance = 0; ; distance++) {
            for (final int there : new int[] {node - distance, node + distance}) {
                if (there >= 0
                        && there < topology.nodes()
                        && topology.hasMemory().get(there)) {
                    return there;
                }
            }
        }
    }

    /** All, the one with conditions more often. */
    @Provide
    Arbitrary<WayIn> waysIn() {
        final Arbitrary<WayIn> all = Arbitraries.of(WayIn.class).filter(way -> way != WayIn.SKB_CLONE);
        return Arbitraries.frequencyOf(Tuple.of(1, all), Tuple.of(2, Arbitraries.just(WayIn.ALLOC_SKB_FLAGS)));
    }

    /** Every combination, the NAPI flag alone more often. */
    @Provide
    Arbitrary<Integer> flags() {
        return Arbitraries.oneOf(MachineArbitraries.upTo(7), Arbitraries.just(AllocFlag.NAPI.bit()));
    }

    @Provide
    Arbitrary<WayIn> taskWaysIn() {
        return Arbitraries.of(
                WayIn.ALLOC_SKB_FLAGS,
                WayIn.ALLOC_SKB,
                WayIn.ALLOC_SKB_FCLONE,
                WayIn.BUILD_SKB,
                WayIn.NETDEV_ALLOC_SKB);
    }

    @Provide
    Arbitrary<WayIn> frameWays() {
        return Arbitraries.of(WayIn.class).filter(way -> way != WayIn.SKB_CLONE && way != WayIn.ALLOC_SKB_FCLONE);
    }

    @Provide
    Arbitrary<Scenario> prepared() {
        return MachineArbitraries.prepared(MachineArbitraries.machines(KERNEL));
    }
}
