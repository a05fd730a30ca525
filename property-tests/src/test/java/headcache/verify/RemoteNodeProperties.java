package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.memory.SlabStep;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabPhase;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.slab.NodeSlab;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.NaiveNode.Served;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

/** Where heads come from and return to on a machine with several memory nodes. */
class RemoteNodeProperties {
    private static final int TRIES = 400;

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label("Order of places: own partial pages, other nodes' beyond their minimum if any node will do and the dice say"
            + " so, a new page, the zone list, the reserves; a request goes on with what it has collected, and whoever"
            + " cannot complete it sends that home and answers nothing")
    void orderOfPlaces(@ForAll("scenarios") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phases();
        final List<Served> served = new ArrayList<>();
        for (final NaiveNode node : nodes(scenario.machine(), run)) {
            assertThat(node.difference()).isNull();
            served.addAll(node.served());
        }
        Often.require(
                "passed on with heads",
                20,
                served.stream().anyMatch(at -> at.request().collected().length > 0));
        Often.require("other nodes' partial pages", 10, came(served, SlabPhase.REMOTE_PARTIAL));
        Often.require("zone list", 30, came(served, SlabPhase.ZONE_LIST));
        Often.require("reserve of another node", 2, came(served, SlabPhase.RESERVE));
    }

    private static List<NaiveNode> nodes(MachineConfig machine, NetworkRun run) {
        return machine.topology().memoryNodes().stream()
                .map(node -> NaiveNode.after(node, machine, run.slabHistory(node)))
                .toList();
    }

    /** Whether a request that was passed on got heads in {@code phase}. */
    private static boolean came(List<Served> served, SlabPhase phase) {
        return served.stream()
                .anyMatch(at -> at.request().phase() == phase && !at.heads().isEmpty());
    }

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label("I15 walk: a request comes to each node at most once in each phase, and is answered exactly once")
    void oncePerPhase(@ForAll("scenarios") Scenario scenario) {
        final Walks walks = new Walks();
        new NetworkRun(scenario, walks).phases();
        assertThat(walks.strays()).isEmpty();
        assertThat(walks.unanswered()).isZero();
        for (final List<Walks.Visit> walk : walks.ended()) {
            assertThat(walk).doesNotHaveDuplicates();
        }
        Often.require("long walk", 10, walks.ended().stream().anyMatch(walk -> walk.size() > 4));
    }

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label("I17 node: the cache serves a request for any node or the CPU's memory node; one for another node leaves the"
            + " cache alone and asks that node, for one head")
    void otherNodesBypassTheCache(
            @ForAll("scenarios") Scenario scenario,
            @ForAll @IntRange(max = 5) int from,
            @ForAll @IntRange(max = 4) int ask) {
        final MachineConfig machine = scenario.machine();
        final Probe probe = new Probe(new NetworkRun(scenario, Tap.NONE).phase());
        final int cpu = online(probe.run(), machine.topology(), from);
        final int node = ask % (machine.topology().nodes() + 1) - 1;
        final int parked = probe.run().network().cpu(cpu).heads().count();
        final Probe.Effect effect = probe.call(
                new CpuId(cpu),
                new Skb[1],
                new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 0, AllocFlag.NAPI.bit(), node, false));
        final boolean here = node == Op.ANY_NODE
                || node == NodeRoutes.memoryNode(machine.topology(), cpu).index();
        final boolean served = here && machine.policy().kernel().takes(CodePath.FLAG_FROM_CACHE);
        assertThat(effect.has(EventKind.GET) || effect.has(EventKind.GET_FAILED))
                .isEqualTo(served);
        assertThat(effect.has(EventKind.SINGLE_ALLOC) || effect.has(EventKind.SINGLE_ALLOC_FAILED))
                .isEqualTo(!served);
        if (!here) {
            assertThat(probe.run().network().cpu(cpu).heads().count()).isEqualTo(parked);
            assertThat(sent(effect.entries()))
                    .containsExactly(new Entry.Sent(
                            NodeId.of(node), new SlabMessage.SingleAlloc(new CpuId(cpu), SlabKind.HEAD, false, false)));
        }
        Often.require("another node while heads are parked", 8, !here && parked > 0);
    }

    private static int online(NetworkRun run, Topology topology, int from) {
        int cpu = from % topology.cpus();
        while (!run.network().cpu(cpu).isOnline()) {
            cpu = (cpu + 1) % topology.cpus();
        }
        return cpu;
    }

    private static List<Entry> sent(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry instanceof Entry.Sent sent && sent.message() instanceof SlabMessage)
                .toList();
    }

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label("I12 own page: whoever frees a head, it returns to its own page on its home node, where the next request"
            + " finds it in the order that the sequential slab has")
    void ownPage(@ForAll("scenarios") Scenario scenario) {
        final Ledger ledger = new Ledger();
        final NetworkRun run = new NetworkRun(scenario, ledger).phase();
        final List<NodeId> ids = scenario.machine().topology().memoryNodes();
        final List<NaiveNode> nodes = nodes(scenario.machine(), run);
        for (int i = 0; i < ids.size(); i++) {
            for (final SlabKind kind : SlabKind.values()) {
                assertThat(free(run.network().slab(ids.get(i)), kind))
                        .isEqualTo(free(nodes.get(i).slab(kind).copy()));
            }
        }
        assertThat(ledger.violations()).isEmpty();
        Often.require(
                "free from another node",
                30,
                ids.stream()
                        .anyMatch(
                                id -> run.slabHistory(id).stream().anyMatch(entry -> isFreeFromElsewhere(entry, id))));
    }

    /** Indices of the free heads, in the order in which entitled requests would get them. */
    private static List<Integer> free(SlabStep slab, SlabKind kind) {
        final NodeSlab copy = slab.slab(kind).copy();
        final int[] heads = new int[copy.freeHeads()];
        final int taken = copy.takePartial(heads, 0, heads.length, true);
        return Arrays.stream(heads, 0, taken).map(Head::index).boxed().toList();
    }

    private static List<Integer> free(NaiveSlab slab) {
        return slab.takePartial(slab.freeHeads(), true);
    }

    private static boolean isFreeFromElsewhere(Entry entry, NodeId home) {
        final Message message = entry instanceof Entry.Took took ? took.message() : null;
        return (message instanceof SlabMessage.BulkFree bulk && !bulk.fromNode().equals(home))
                || (message instanceof SlabMessage.SingleFree single
                        && !single.fromNode().equals(home));
    }

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "Memoryless nodes: what names no node is asked of the nearest node with memory to who asks, and what is asked"
                    + " of a memoryless node is served by the nearest to that")
    void nearestMemoryServes(@ForAll("scenarios") Scenario scenario) {
        final Topology topology = scenario.machine().topology();
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phases();
        NodeRoutes.check(topology, run.histories(), run::slabHistory);
        Often.require(
                "CPU on a memoryless node",
                10,
                topology.nodeOfCpu().stream()
                        .anyMatch(node -> !topology.hasMemory().get(node)));
    }

    @Property(tries = TRIES)
    @StatisticsReport(onFailureOnly = true)
    @Label("M29 reserve: slabs hand out heads of the reserve to entitled single requests only, and when all heads are"
            + " home its pages are given back")
    void reserve(@ForAll("scenarios") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phases();
        boolean used = false;
        for (final NaiveNode node : nodes(scenario.machine(), run)) {
            for (final Served at : node.served()) {
                if (at.heads().containsValue(true)) {
                    used = true;
                    assertThat(at.request().entitled() && !at.request().bulk()).isTrue();
                }
            }
        }
        for (final NodeId id : scenario.machine().topology().memoryNodes()) {
            for (final SlabKind kind : SlabKind.values()) {
                assertThat(run.network().slab(id).slab(kind).reservePages()).isZero();
            }
        }
        Often.require("reserve", 5, used);
    }

    @Example
    @Label("M29 the kernel's own gap: a head of the reserve that is put into a cache is got by anybody")
    void cachesDoNotKnowTheReserve() {
        final SlabConfig oneHeadAndOneInReserve = new SlabConfig(1, 0, 1, 1);
        final Probe probe = new Probe(MachineConfig.of(Topology.even(1, 1)).withHeads(oneHeadAndOneInReserve));
        final CpuId cpu = new CpuId(0);
        final Op entitled = new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, 1, AllocFlag.RX.bit(), Op.ANY_NODE, false);
        final Probe.Effect parked = probe.call(
                cpu, new Skb[2], Op.allocate(WayIn.ALLOC_SKB, 0), entitled, Op.release(WayOut.NAPI_CONSUME_SKB, 1));
        assertThat(parked.head(EventKind.PUT)).isEqualTo(Head.plain(0, 1));
        assertThat(probe.run().network().slab(NodeId.of(0)).slab(SlabKind.HEAD).reservePages())
                .isOne();
        final Probe.Effect ordinary = probe.call(cpu, new Skb[1], Op.allocate(WayIn.NAPI_BUILD_SKB, 0));
        assertThat(ordinary.head(EventKind.GET)).isEqualTo(Head.plain(0, 1));
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return NodeArbitraries.scenarios(60);
    }
}
