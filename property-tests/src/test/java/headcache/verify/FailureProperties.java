package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineConfig;
import headcache.protocol.ActorName;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.slab.NodeSlab;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import headcache.verify.Probe.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

/** An allocation that fails, fails as a whole and leaves nothing behind (I14), on machines short of memory. */
class FailureProperties {
    static final Kernel KERNEL = Kernel.LINUX_5_12;
    private static final int CHOICES = 20;
    private static final int GET_CHOICES = 15;
    static final WayIn[] GETS = {
        WayIn.NAPI_BUILD_SKB, WayIn.NAPI_ALLOC_SKB_FRAG, WayIn.NAPI_ALLOC_SKB_KMALLOC, WayIn.NAPI_GET_FRAGS
    };

    @Property(tries = 400)
    @StatisticsReport(onFailureOnly = true)
    @Label("I14 nothing left behind: however requests for too few heads cross, at rest no head is on its way, and after"
            + " everything is released and drained all are home")
    void nothingIsLeftBehind(@ForAll("poorScenarios") Scenario scenario) {
        final Ledger ledger = new Ledger();
        final InVain inVain = new InVain();
        final NetworkRun run = new NetworkRun(scenario, (who, message, state, events) -> {
                    ledger.onStep(who, message, state, events);
                    inVain.onStep(who, message, state, events);
                })
                .phase();
        final Balance balance = ledger.balance();
        assertThat(balance.in(Place.IN_CACHE)).isEqualTo(run.parked());
        assertThat(balance.in(Place.IN_CACHE) + balance.in(Place.IN_USE)).isEqualTo(run.inUse());
        run.phase().phase();
        ledger.checkAllHome();
        assertThat(run.parked() + run.inUse()).isZero();
        assertThat(ledger.violations()).isEmpty();
        Often.require("failed refill", 40, run.happened(EventKind.REFILL_FAILED));
        Often.require("heads collected in vain", 20, inVain.collected);
        Often.require("heads of another node collected in vain", 5, inVain.ofAnotherNode);
    }

    /** Notices heads that a slab collected for a request and had to send home. */
    private static final class InVain implements Tap {
        boolean collected;
        boolean ofAnotherNode;

        @Override
        public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
            final boolean asked = message instanceof SlabMessage.BulkAlloc || message instanceof SlabMessage.PassedOn;
            for (int i = 0; i < events.size(); i++) {
                collected |= asked && events.kind(i) == EventKind.SLAB_IN;
            }
            ofAnotherNode |= message instanceof SlabMessage.BulkFree free && free.from() instanceof NodeId;
            collected |= ofAnotherNode;
        }
    }

    @Property(tries = 300)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I14 all or nothing: a get on empty asks for exactly one refill and succeeds if and only if so many heads can be"
                    + " had; otherwise nothing has changed, a fragment is freed, and the next get asks for as many again")
    void refillsFailAsAWhole(
            @ForAll("poorPrepared") Scenario scenario,
            @ForAll @IntRange(max = 5) int where,
            @ForAll("choices") int[] choices) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        final CpuId cpu = new CpuId(where % scenario.machine().topology().cpus());
        final List<Skb> held = new ArrayList<>();
        int failures = 0;
        boolean recovered = false;
        for (final int choice : choices) {
            if (choice >= GET_CHOICES) {
                release(run, cpu, held, choice == CHOICES - 1 ? held.size() : 1);
                continue;
            }
            final Skb skb = get(run, scenario.machine(), cpu, GETS[choice % GETS.length]);
            if (skb == null) {
                failures++;
            } else {
                recovered |= failures > 0;
                held.add(skb);
            }
        }
        Often.require("failed twice", 35, failures > 1);
        Often.require("recovered", 4, recovered);
    }

    private static void release(NetworkRun run, CpuId cpu, List<Skb> held, int count) {
        for (int i = 0; i < count && !held.isEmpty(); i++) {
            new Probe(run).call(cpu, new Skb[] {held.remove(0)}, Op.release(WayOut.KFREE_SKB, 0));
        }
    }

    /** One get, checked; what it allocated. */
    private static @Nullable Skb get(NetworkRun run, MachineConfig machine, CpuId cpu, WayIn way) {
        final int refill = machine.policy().cache().refill();
        final int free = ordinaryHeads(machine) - headsInUse(run, machine);
        final int inUse = run.inUse();
        final AtomicReference<@Nullable Effect> effect = new AtomicReference<>();
        final CacheWatch watch =
                CacheWatch.of(run, cpu, () -> effect.set(new Probe(run).call(cpu, new Skb[1], Op.allocate(way, 0))));
        final Effect done = Objects.requireNonNull(effect.get());
        final Skb skb = done.slots()[0];
        final boolean empty = watch.before().isEmpty();

        assertThat(watch.messages()).isEqualTo(empty ? List.of(new SlabMessage.BulkAlloc(cpu, refill)) : List.of());
        assertThat(watch.others()).isTrue();
        assertThat(skb != null).isEqualTo(!empty || free >= refill);
        assertThat(done.failed()).isEqualTo(skb == null ? 1 : 0);
        assertThat(done.has(EventKind.FRAGMENT_FREED)).isEqualTo(skb == null && way == WayIn.NAPI_ALLOC_SKB_FRAG);
        assertThat(run.inUse()).isEqualTo(inUse + (empty && skb != null ? refill : 0));
        assertThat(watch.after())
                .hasSize(skb == null ? 0 : (empty ? refill : watch.before().size()) - 1);
        return skb;
    }

    @Property(tries = 400)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I14 data: where the head comes first it goes to its slab singly, even if it came from the cache; where the data"
                    + " comes first, no head is asked for")
    void failedDataGivesTheHeadBack(
            @ForAll("poorPrepared") Scenario scenario,
            @ForAll("waysWithData") WayIn way,
            @ForAll @IntRange(max = 7) int flags,
            @ForAll @IntRange(max = 5) int puts,
            @ForAll @IntRange(max = 5) int where) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        final MachineConfig machine = scenario.machine();
        final CpuId cpu = new CpuId(where % machine.topology().cpus());
        final Command.Burst burst = new Command.Burst(cpu, WayIn.ALLOC_SKB, WayOut.NAPI_CONSUME_SKB, puts, true);
        new Probe(run).call(cpu, new Skb[puts], burst.ops());
        final int inUse = run.inUse();
        final Op.Allocate op = new Op.Allocate(way, 0, way == WayIn.ALLOC_SKB_FLAGS ? flags : 0, Op.ANY_NODE, true);
        final CacheWatch watch = CacheWatch.of(run, cpu, () -> {
            final Effect effect = new Probe(run).call(cpu, new Skb[1], op);
            assertThat(effect.slots()).containsOnlyNulls();
            assertThat(effect.failed()).isEqualTo(1);
        });
        final List<Message> sent = new ArrayList<>(watch.messages());
        final int parked = watch.after().size() - watch.before().size();
        final int memoryNode = machine.topology().memoryNode(cpu.index()).index();
        assertThat(run.inUse() - inUse).isEqualTo(parked);
        if (way == WayIn.NAPI_ALLOC_SKB_FRAG || way == WayIn.NETDEV_ALLOC_SKB) {
            assertThat(sent).isEmpty();
            assertThat(watch.isPast()).isTrue();
        } else if (EntryRules.source(op, memoryNode, KERNEL) != EntryRules.Source.CACHE) {
            assertThat(watch.isPast()).isTrue();
            assertThat(sent.remove(0)).isInstanceOf(SlabMessage.SingleAlloc.class);
        } else if (watch.before().isEmpty()) {
            assertThat(sent.remove(0)).isInstanceOf(SlabMessage.BulkAlloc.class);
            assertThat(parked)
                    .isEqualTo(sent.isEmpty() ? 0 : machine.policy().cache().refill() - 1);
        } else {
            final int top = watch.before().size() - 1;
            assertThat(watch.after()).isEqualTo(watch.before().subList(0, top));
            assertThat(((SlabMessage.SingleFree) sent.get(0)).head())
                    .isEqualTo(watch.before().get(top));
        }
        assertThat(sent).hasSizeLessThan(2).allMatch(SlabMessage.SingleFree.class::isInstance);
        Often.require("head given back", 30, !sent.isEmpty());
        Often.require("head of the cache given back", 12, parked == -1);
    }

    @Property(tries = 100)
    @Label(
            "I14 reserve: when ordinary pages are used up, requests for reception get exactly the heads of the reserve, one by"
                    + " one, and refills and others nothing; released, the reserve is as it was")
    void onlySingleEntitledRequestsGetTheReserve(
            @ForAll("machinesWithReserve") MachineDraft draft, @ForAll @IntRange(max = 5) int where) {
        final MachineConfig machine = draft.config();
        final NetworkRun run = new NetworkRun(new Scenario(machine, List.of(), StepNetwork.OLDEST_FIRST), Tap.NONE);
        final CpuId cpu = new CpuId(where % machine.topology().cpus());
        final Op ordinary = Op.allocate(WayIn.ALLOC_SKB, 0);
        final Op refill = Op.allocate(WayIn.NAPI_BUILD_SKB, 0);
        final Op entitled = new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 0, AllocFlag.RX.bit(), Op.ANY_NODE, false);

        final List<Skb> skbs = untilItFails(run, cpu, ordinary);
        assertThat(skbs).hasSize(ordinaryHeads(machine));
        assertThat(untilItFails(run, cpu, refill)).isEmpty();
        final Skb first = Objects.requireNonNull(
                new Probe(run).call(cpu, new Skb[1], entitled).slots()[0]);
        assertThat(untilItFails(run, cpu, ordinary)).isEmpty();
        assertThat(untilItFails(run, cpu, refill)).isEmpty();
        skbs.add(first);
        skbs.addAll(untilItFails(run, cpu, entitled));
        final SlabConfig heads = machine.heads();
        final int nodes = machine.topology().memoryNodes().size();
        assertThat(skbs).hasSize(ordinaryHeads(machine) + nodes * heads.reservePages() * heads.headsPerPage());
        assertThat(untilItFails(run, cpu, refill)).isEmpty();

        for (final Skb skb : skbs) {
            new Probe(run).call(cpu, new Skb[] {skb}, Op.release(WayOut.KFREE_SKB, 0));
        }
        assertThat(run.inUse()).isZero();
        for (final NodeId node : machine.topology().memoryNodes()) {
            assertThat(slab(run, node).reservePages()).isZero();
        }
        assertThat(untilItFails(run, cpu, ordinary)).hasSize(ordinaryHeads(machine));
    }

    private static List<Skb> untilItFails(NetworkRun run, CpuId cpu, Op op) {
        final List<Skb> skbs = new ArrayList<>();
        while (true) {
            final Skb skb = new Probe(run).call(cpu, new Skb[1], op).slots()[0];
            if (skb == null) {
                return skbs;
            }
            skbs.add(skb);
        }
    }

    /** Heads that requests without entitlement can have at most. */
    private static int ordinaryHeads(MachineConfig machine) {
        final SlabConfig heads = machine.heads();
        return machine.topology().memoryNodes().size() * heads.pageLimit() * heads.headsPerPage();
    }

    private static int headsInUse(NetworkRun run, MachineConfig machine) {
        return machine.topology().memoryNodes().stream()
                .mapToInt(node -> slab(run, node).inUse())
                .sum();
    }

    private static NodeSlab slab(NetworkRun run, NodeId node) {
        return run.network().slab(node).slab(SlabKind.HEAD);
    }

    @Provide
    Arbitrary<MachineDraft> poorDrafts() {
        return MachineArbitraries.poorMachines(KERNEL, 0, 0);
    }

    @Provide
    Arbitrary<MachineDraft> machinesWithReserve() {
        return MachineArbitraries.poorMachines(KERNEL, 1, 2);
    }

    @Provide
    Arbitrary<Scenario> poorPrepared() {
        return MachineArbitraries.prepared(poorDrafts());
    }

    @Provide
    Arbitrary<Scenario> poorScenarios() {
        return Combinators.combine(
                        MachineArbitraries.poorMachines(KERNEL, 0, 2),
                        MachineArbitraries.commands(60),
                        MachineArbitraries.schedules())
                .as(Scenario::of);
    }

    @Provide
    Arbitrary<WayIn> waysWithData() {
        return Arbitraries.of(WayIn.class)
                .filter(way -> way != WayIn.SKB_CLONE && way != WayIn.NAPI_BUILD_SKB && way != WayIn.BUILD_SKB);
    }

    /** Most are gets, the others a release of one skb, the last of all. */
    @Provide
    Arbitrary<int[]> choices() {
        return MachineArbitraries.upTo(CHOICES - 1)
                .array(int[].class)
                .ofMinSize(20)
                .ofMaxSize(80);
    }
}
