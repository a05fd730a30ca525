package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.middle.Batches;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.skb.RemoteHeads;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.StatisticsReport;

/** Heads that go back to their owners in batches, on whole machines. */
class BatchProperties {
    private static final int CPUS = 3;

    /** Work in runs of equal operations: 5 is five puts, -5 is five gets. */
    record Run(CpuId cpu, int operations) {}

    @Property(tries = 2000)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "All laws hold with batches: conservation, one place, entry conditions, refinement, all home after the drain")
    void allLaws(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 5) int budget,
            @ForAll @IntRange(min = 1, max = 6) int visit) {
        final Scenario drawn = ProgramGenerator.draw(number);

        assertThat(ProgramLaws.outcome(on(drawn, budget, visit)).broken()).isEmpty();
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label("Fewer heads than the budget stay set aside, whatever happens")
    void nothingStrandsAboveTheBudget(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 5) int budget) {
        final boolean[] posted = {false};
        final Tap limit = (who, message, state, events) -> {
            if (state instanceof CpuStep cpu) {
                assertThat(remote(cpu).asideCount()).isLessThan(budget);
                posted[0] |= message instanceof CpuMessage.GiveBack;
            }
        };
        new NetworkRun(on(ProgramGenerator.draw(number), budget, 64), limit).phases();

        Often.require("heads came back", 20, posted[0]);
    }

    /** Each posting takes at least {@code budget} heads along, in a message for each owner there is among them. */
    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label("A head that another CPU owns costs at most min(budget, other CPUs) / budget messages")
    void messagesForEachRemoteFree(
            @ForAll @IntRange(min = 1, max = 6) int budget, @ForAll("runs") @Size(min = 1, max = 40) List<Run> runs) {
        final Probe probe = played(budget, 64, runs);
        long posts = 0;
        for (int cpu = 0; cpu < CPUS; cpu++) {
            final CpuReport report = probe.run().network().cpu(cpu).report();
            posts += report.posts();
            assertThat(report.posts() * budget).isLessThanOrEqualTo(report.setAside() * Math.min(budget, CPUS - 1));
            assertThat(report.posts()).isGreaterThanOrEqualTo(report.setAside() / budget);
        }
        Often.require("more than one message", 20, posts > 1);
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label("An owner asks the slab for nothing while it has heads, in its cache or come back to it")
    void whatCameBackIsTakenFirst(
            @ForAll @IntRange(min = 1, max = 3) int budget,
            @ForAll @IntRange(min = 1, max = 8) int visit,
            @ForAll("runs") @Size(min = 1, max = 40) List<Run> runs) {
        final Probe probe = played(budget, visit, runs);
        boolean came = false;
        for (int cpu = 0; cpu < CPUS; cpu++) {
            final CpuStep step = probe.run().network().cpu(cpu);
            final int waiting = remote(step).waiting();
            came |= waiting > 0;
            for (int left = step.heads().count() + waiting; left > 0; left--) {
                final Probe.Effect effect = get(probe, new CpuId(cpu));
                assertThat(effect.has(EventKind.REFILL_ASKED)).isFalse();
            }
            assertThat(get(probe, new CpuId(cpu)).has(EventKind.REFILL_ASKED)).isTrue();
        }
        Often.require("heads came back", 30, came);
    }

    /** The owner is whose cache the head was laid in last, which the events tell too. */
    @Property(tries = 500)
    @Label("A head is set aside for the CPU whose cache it was in last, and put by nobody else")
    void theOwnerIsWhoHadItLast(
            @ForAll @IntRange(min = 1, max = 3) int budget, @ForAll("runs") @Size(min = 1, max = 40) List<Run> runs) {
        final Probe probe = played(budget, 8, runs);
        final Map<Integer, Integer> owners = new HashMap<>();
        for (int cpu = 0; cpu < CPUS; cpu++) {
            for (final Entry entry : probe.run().history(cpu)) {
                if (entry instanceof Entry.Did did && did.kind() == EventKind.REFILL) {
                    owners.put(did.head(), cpu);
                }
            }
        }
        for (int cpu = 0; cpu < CPUS; cpu++) {
            for (final Entry entry : probe.run().history(cpu)) {
                if (entry instanceof Entry.Did did && did.kind() == EventKind.SET_ASIDE) {
                    assertThat(did.detail()).isEqualTo(owners.get(did.head())).isNotEqualTo(cpu);
                } else if (entry instanceof Entry.Did did && did.kind() == EventKind.PUT) {
                    assertThat(owners.get(did.head())).isEqualTo(cpu);
                }
            }
        }
    }

    private static Probe played(int budget, int visit, List<Run> runs) {
        final CachePolicy cache = CachePolicy.LINUX_5_12;
        final Probe probe = new Probe(
                MachineConfig.of(Topology.even(CPUS, 1)).with(CpuPolicy.of(new Batches(cache, budget, visit))));
        final ArrayDeque<Skb> inUse = new ArrayDeque<>();
        for (final Run run : runs) {
            for (int i = 0; i < Math.abs(run.operations()); i++) {
                if (run.operations() < 0) {
                    inUse.add(Objects.requireNonNull(get(probe, run.cpu()).slots()[0]));
                } else if (!inUse.isEmpty()) {
                    probe.call(run.cpu(), new Skb[] {inUse.remove()}, Op.release(WayOut.NAPI_CONSUME_SKB, 0));
                }
            }
        }
        return probe;
    }

    private static Probe.Effect get(Probe probe, CpuId cpu) {
        return probe.call(cpu, new Skb[1], Op.allocate(WayIn.NAPI_BUILD_SKB, 0));
    }

    private static RemoteHeads remote(CpuStep cpu) {
        return Objects.requireNonNull(cpu.remote());
    }

    @Provide
    Arbitrary<List<Run>> runs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, CPUS - 1),
                        Arbitraries.integers().between(-12, 12))
                .as((cpu, operations) -> new Run(new CpuId(cpu), operations))
                .list();
    }

    private static Scenario on(Scenario drawn, int budget, int visit) {
        final CpuPolicy before = drawn.machine().policy();
        final Batches batches = new Batches(
                before.cache(), budget, Math.min(visit, before.cache().capacity()));
        final CpuPolicy policy = new CpuPolicy(
                batches.cache(),
                before.kernel().with(CodePath.FOREIGN_TO_OWNER),
                before.acknowledged(),
                before.backlogLimit(),
                batches);
        return new Scenario(drawn.machine().with(policy), drawn.commands(), drawn.schedule());
    }
}
