package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/** What changes, and what does not, when spills are not waited for. */
class SpillInFlightProperties {
    private static final int TRIES = 400;
    private static final CpuId CPU = new CpuId(0);
    private static final DriverId CALLER = new DriverId(7);
    private static final NodeId NEAR = NodeId.of(0);
    private static final NodeId FAR = NodeId.of(1);

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I1 I2 unacknowledged: at any moment a head that was given back is on its way home and nowhere else, and after"
                    + " the drain all are home")
    void noHeadIsLostOrTwice(@ForAll("unacknowledged") Scenario scenario) {
        final Ledger ledger = new Ledger();
        final OnTheWay way = new OnTheWay();
        final NetworkRun run = new NetworkRun(scenario, both(ledger, way)).phases();
        ledger.checkAllHome();
        assertThat(way.findings()).isEmpty();
        assertThat(ledger.violations()).isEmpty();
        assertThat(way.count() + run.parked() + run.inUse()).isZero();
        Often.require("refill asked with heads on their way", 15, asked(way));
    }

    private static boolean asked(OnTheWay way) {
        return way.overlaps().stream().anyMatch(overlap -> overlap.kind() == EventKind.REFILL_ASKED);
    }

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "Semantics 10 acknowledged: a CPU asks for a refill, and so has one fail, only when what it gave back is home")
    void acknowledgedRefillsOverlapNoFree(@ForAll("acknowledged") Scenario scenario) {
        final OnTheWay way = new OnTheWay();
        final NetworkRun run = new NetworkRun(scenario, way).phases();
        assertThat(way.overlaps()).isEmpty();
        assertThat(way.findings()).isEmpty();
        Often.require("spill", 20, run.happened(EventKind.SPILL));
        Often.require("failed refill", 10, run.happened(EventKind.REFILL_FAILED));
    }

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label("Refinement, unacknowledged: given the slab's answers, each CPU still does what the sequential machine does")
    void refinement(@ForAll("unacknowledged") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phases();
        assertThat(run.differences()).isEmpty();
        Often.require("spill", 20, run.happened(EventKind.SPILL));
    }

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label("One node: acknowledgements change nothing but how often the CPU stands still, for nothing overtakes a spill"
            + " on its way to the node that is asked")
    void oneNodeMakesNoDifference(
            @ForAll("policies") CachePolicy cache,
            @ForAll("slabs") SlabConfig slab,
            @ForAll("calls") List<Integer> calls) {
        final Op[] ops = ops(calls);
        final Probe waits = probe(cache, slab, true);
        final Probe hurries = probe(cache, slab, false);
        final Probe.Effect expected = waits.call(CPU, new Skb[ops.length], ops);
        final Probe.Effect actual = hurries.call(CPU, new Skb[ops.length], ops);
        assertThat(withoutPauses(actual.entries())).isEqualTo(withoutPauses(expected.entries()));
        Often.require("spill", 15, expected.has(EventKind.SPILL));
        Often.require("failed refill", 10, expected.has(EventKind.REFILL_FAILED));
    }

    private static Probe probe(CachePolicy cache, SlabConfig slab, boolean acknowledged) {
        final CpuPolicy policy = new CpuPolicy(cache, Kernel.LINUX_5_12, acknowledged, CpuPolicy.BACKLOG_LIMIT);
        return new Probe(MachineConfig.of(Topology.even(1, 1)).with(policy).withHeads(slab));
    }

    /** Gets, each into the next slot, and consumes, each of the slot filled last. */
    private static Op[] ops(List<Integer> calls) {
        final List<Op> ops = new ArrayList<>();
        int slots = 0;
        for (final int call : calls) {
            for (int i = 0; i < Math.abs(call); i++) {
                if (call > 0) {
                    ops.add(Op.allocate(WayIn.NAPI_BUILD_SKB, slots++));
                } else if (slots > 0) {
                    ops.add(Op.release(WayOut.NAPI_CONSUME_SKB, --slots));
                }
            }
        }
        return ops.toArray(new Op[0]);
    }

    private static List<Entry> withoutPauses(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry instanceof Entry.Did did
                        && did.kind() != EventKind.SUSPENDED
                        && did.kind() != EventKind.RESUMED)
                .toList();
    }

    /** Two nodes of 8 heads in all; the CPU gets all 8, spills them, 4 to each node, and gets one more. */
    private static NetworkRun eightHeadsAndOneMore(boolean acknowledged, long schedule) {
        final CpuPolicy policy = new CpuPolicy(
                new CachePolicy(8, 8, 8, SpillEnd.NEWEST), Kernel.LINUX_5_12, acknowledged, CpuPolicy.BACKLOG_LIMIT);
        final MachineConfig machine = MachineConfig.of(Topology.even(1, 2))
                .with(policy)
                .withHeads(new SlabConfig(4, 0, 1, 0))
                .withRemoteNodeDefragRatio(0);
        final NetworkRun run = new NetworkRun(new Scenario(machine, List.of(), schedule), Tap.NONE);
        run.network().send(CALLER, CPU, new CpuMessage.Batch(CALLER, ops(List.of(8, -8, 1)), new Skb[8]));
        return run;
    }

    private static int failed(NetworkRun run) {
        run.network().settle(100);
        return ((DriverMessage.BatchDone) run.network().outside().get(0).message()).failed();
    }

    @Example
    @Label("Unacknowledged, a refill fails though all its heads are on their way home: passed on from node to node, it"
            + " overtakes the spill")
    void aRefillOvertakesASpill() {
        final NetworkRun run = eightHeadsAndOneMore(false, StepNetwork.OLDEST_FIRST);
        run.network().deliver(CALLER, CPU);
        run.network().deliver(CPU, NEAR); // the refill: 4 heads here,
        run.network().deliver(NEAR, FAR); // 4 there
        run.network().deliver(FAR, CPU); // the spill of 8, and the next refill
        run.network().deliver(CPU, NEAR);
        run.network().deliver(CPU, NEAR);
        run.network().deliver(NEAR, FAR); // before the spill
        assertThat(run.network().slab(FAR).slab(SlabKind.HEAD).inUse()).isEqualTo(4);
        assertThat(failed(run)).isOne();
        assertThat(run.inUse()).isZero();
    }

    @Example
    @Label("Unacknowledged, the same refill succeeds if the spill arrives first")
    void theSpillArrivesFirst() {
        assertThat(failed(eightHeadsAndOneMore(false, StepNetwork.OLDEST_FIRST)))
                .isZero();
    }

    @Property(tries = 50)
    @Label("Acknowledged, the same refill succeeds under every schedule")
    void acknowledgedItSucceeds(@ForAll("schedules") long schedule) {
        assertThat(failed(eightHeadsAndOneMore(true, schedule))).isZero();
    }

    private static Tap both(Tap one, Tap other) {
        return (who, message, state, events) -> {
            one.onStep(who, message, state, events);
            other.onStep(who, message, state, events);
        };
    }

    @Provide
    Arbitrary<Scenario> unacknowledged() {
        return NodeArbitraries.scenarios(60).map(scenario -> with(scenario, false));
    }

    @Provide
    Arbitrary<Scenario> acknowledged() {
        return NodeArbitraries.scenarios(60).map(scenario -> with(scenario, true));
    }

    private static Scenario with(Scenario scenario, boolean acknowledged) {
        final CpuPolicy policy = scenario.machine().policy();
        return new Scenario(
                scenario.machine()
                        .with(new CpuPolicy(policy.cache(), policy.kernel(), acknowledged, policy.backlogLimit())),
                scenario.commands(),
                scenario.schedule());
    }

    @Provide
    Arbitrary<CachePolicy> policies() {
        return MachineArbitraries.between(2, 12)
                .flatMap(capacity -> Combinators.combine(
                                MachineArbitraries.between(1, capacity), MachineArbitraries.between(1, capacity))
                        .as((refill, spill) -> new CachePolicy(capacity, refill, spill, SpillEnd.NEWEST)));
    }

    @Provide
    Arbitrary<SlabConfig> slabs() {
        return Combinators.combine(
                        MachineArbitraries.between(1, 8), MachineArbitraries.upTo(2), MachineArbitraries.between(1, 8))
                .as((heads, minPartial, limit) -> new SlabConfig(heads, minPartial, limit, 0));
    }

    @Provide
    Arbitrary<List<Integer>> calls() {
        return MachineArbitraries.between(-20, 20).list().ofMinSize(2).ofMaxSize(12);
    }

    @Provide
    Arbitrary<Long> schedules() {
        return MachineArbitraries.schedules();
    }
}
