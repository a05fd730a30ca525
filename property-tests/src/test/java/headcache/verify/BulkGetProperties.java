package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Probe.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.StatisticsReport;

/** Heads that are got at once. */
class BulkGetProperties {
    private static final CpuId CPU = new CpuId(0);
    private static final int MOST = 7;

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label("All laws hold with bulk gets: conservation, one place, order, bounds, refinement, all home after the drain")
    void allLaws(@ForAll("scenarios") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();

        assertThat(ProgramLaws.outcome(scenario).broken()).isEmpty();
        Often.require("got at once", 35, run.happened(EventKind.BULK_GET));
        Often.require("past the cache", 5, run.happened(EventKind.SHORTFALL));
        Often.require("refused", 5, run.happened(EventKind.SHORTFALL_FAILED));
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "Of the heads that are wanted at once all are got that can be had: those of the cache and of one refill, and what"
                    + " is missing then if the slab has it all; none is in the cache, too")
    void asManyAsCanBeHad(
            @ForAll("caches") CachePolicy cache,
            @ForAll @IntRange(max = 14) int heads,
            @ForAll("deeds") @Size(min = 1, max = 30) List<Integer> deeds) {
        final NetworkRun run = new Probe(MachineConfig.of(Topology.even(1, 1))
                        .with(new CpuPolicy(cache, Kernel.LINUX_6_19, true, CpuPolicy.BACKLOG_LIMIT))
                        .withHeads(new SlabConfig(1, 0, heads, 0)))
                .run();
        final ArrayDeque<Skb> inUse = new ArrayDeque<>();
        boolean partly = false;
        boolean past = false;
        for (final int deed : deeds) {
            if (deed > 0) {
                final Effect effect = got(run, cache, heads, deed);
                final List<Skb> got = skbs(effect);
                inUse.addAll(got);
                partly |= !got.isEmpty() && got.size() < deed;
                past |= effect.has(EventKind.SHORTFALL);
            }
            for (int i = 0; i < -deed && !inUse.isEmpty(); i++) {
                final WayOut way = inUse.size() % 3 == 0 ? WayOut.KFREE_SKB : WayOut.NAPI_CONSUME_SKB;
                new Probe(run).call(CPU, new Skb[] {inUse.remove()}, Op.release(way, 0));
            }
        }
        Often.require("some of those wanted", 15, partly);
        Often.require("past the cache", 30, past);
    }

    /** A bulk get of {@code wanted}, checked against what there is. */
    private static Effect got(NetworkRun run, CachePolicy cache, int heads, int wanted) {
        final int free =
                heads - run.network().slab(NodeId.of(0)).slab(SlabKind.HEAD).inUse();
        final AtomicReference<Effect> effect = new AtomicReference<>();
        final Op bulk = new Op.BuildBulk(IntStream.range(0, wanted).boxed().toList());
        final CacheWatch watch =
                CacheWatch.of(run, CPU, () -> effect.set(new Probe(run).call(CPU, new Skb[wanted], bulk)));
        final Effect done = Objects.requireNonNull(effect.get());
        final List<Integer> got = skbs(done).stream().map(Skb::head).toList();

        final int before = watch.before().size();
        final int refill = Math.min(cache.refill(), cache.capacity() - before);
        final int laid = before < wanted && free >= refill ? refill : 0;
        final int shortfall = Math.max(0, wanted - before - laid);
        final int missing = free - laid >= shortfall ? 0 : shortfall;
        assertThat(got).hasSize(wanted - missing).doesNotHaveDuplicates();
        assertThat(Collections.disjoint(got, watch.after())).isTrue();
        assertThat(done.failed()).isEqualTo(missing);
        assertThat(Arrays.asList(done.slots()).subList(0, got.size())).doesNotContainNull();
        assertThat(watch.after()).hasSize(Math.max(0, before + laid - wanted));
        final int kept = Math.min(before, watch.after().size());
        assertThat(watch.after().subList(0, kept)).isEqualTo(watch.before().subList(0, kept));
        assertThat(got.subList(0, before - kept)).isEqualTo(watch.before().subList(kept, before));
        return done;
    }

    private static List<Skb> skbs(Effect effect) {
        final List<Skb> skbs = new ArrayList<>();
        for (final Skb skb : effect.slots()) {
            if (skb != null) {
                skbs.add(skb);
            }
        }
        return skbs;
    }

    @Provide
    Arbitrary<CachePolicy> caches() {
        return MachineArbitraries.cachePolicies();
    }

    /** How many are got at once, or if negative, how many are given back. */
    @Provide
    Arbitrary<List<Integer>> deeds() {
        return Arbitraries.integers().between(-MOST, MOST).list();
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        final Arbitrary<MachineDraft> machines = Arbitraries.oneOf(
                MachineArbitraries.machines(), MachineArbitraries.poorMachines(Kernel.LINUX_5_12, 0, 1));
        return Combinators.combine(machines, MachineArbitraries.commands(60), MachineArbitraries.schedules())
                .as(BulkGetProperties::withBulkGets);
    }

    private static Scenario withBulkGets(MachineDraft draft, List<CommandDraft> commands, long schedule) {
        final MachineConfig drawn = draft.config();
        final CpuPolicy before = drawn.policy();
        final MachineConfig machine = drawn.with(new CpuPolicy(
                before.cache(),
                before.kernel().with(CodePath.BULK_GET).with(CodePath.BUILD_FROM_CACHE),
                before.acknowledged(),
                before.backlogLimit()));
        return new Scenario(machine, CommandWriter.commands(machine, commands), schedule);
    }
}
