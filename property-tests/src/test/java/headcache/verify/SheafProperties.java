package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.middle.BarnStep;
import headcache.middle.Sheaves;
import headcache.protocol.CpuId;
import headcache.protocol.DepotId;
import headcache.protocol.DepotReport;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import java.util.ArrayDeque;
import java.util.List;
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

/** Sheaves with barns, on whole machines. */
class SheafProperties {

    /** Work in runs of equal operations: 5 is five puts, -5 is five gets. */
    record Run(CpuId cpu, int operations) {}

    @Property(tries = 2000)
    @Label(
            "All laws hold with sheaves: conservation, one place, entry conditions, refinement, all home after the drain")
    void allLaws(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 6) int heads,
            @ForAll @IntRange(min = 0, max = 2) int full) {
        final Scenario drawn = ProgramGenerator.draw(number);

        assertThat(ProgramLaws.outcome(on(drawn, new Sheaves(heads, full, full)))
                        .broken())
                .isEmpty();
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "Two sheaves and a barn are what the kernel's text says: the same heads in the same order, whatever the barn")
    void asInTheKernel(
            @ForAll @IntRange(min = 1, max = 4) int heads,
            @ForAll @IntRange(min = 0, max = 2) int full,
            @ForAll("runs") @Size(min = 1, max = 30) List<Run> runs) {
        final MachineConfig machine =
                MachineConfig.of(Topology.even(4, 2)).with(CpuPolicy.of(new Sheaves(heads, full, 1)));
        final Probe probe = new Probe(machine);
        final PaperSheaves paper = new PaperSheaves(heads, full);
        final ArrayDeque<Skb> inUse = new ArrayDeque<>();
        for (final Run run : runs) {
            final int node = machine.topology().memoryNode(run.cpu().index()).index();
            for (int i = 0; i < Math.abs(run.operations()); i++) {
                if (run.operations() < 0) {
                    inUse.add(get(probe, paper, run.cpu(), node));
                } else if (!inUse.isEmpty()) {
                    final Skb skb = inUse.remove();
                    probe.call(run.cpu(), new Skb[] {skb}, Op.release(WayOut.NAPI_CONSUME_SKB, 0));
                    paper.put(run.cpu(), node, skb.head());
                }
                assertThat(probe.run().network().cpu(run.cpu().index()).heads().count())
                        .isEqualTo(paper.parked(run.cpu()));
                assertThat(barn(probe, node).magazines()).isEqualTo(paper.fullSheaves(node));
            }
        }
        assertThat(heads * (barn(probe, 0).refused() + barn(probe, 1).refused()))
                .isEqualTo(paper.flushed());
        Often.require("a barn had no room", 10, paper.flushed() > 0);
        Often.require("a full sheaf was had", 10, barn(probe, 0).fullGiven() > 0);
    }

    private static DepotReport barn(Probe probe, int node) {
        return probe.run().network().step(new DepotId(node), BarnStep.class).report();
    }

    private static Skb get(Probe probe, PaperSheaves paper, CpuId cpu, int node) {
        final boolean slab = paper.needsSlab(cpu, node);
        final Probe.Effect effect = probe.call(cpu, new Skb[1], Op.allocate(WayIn.NAPI_BUILD_SKB, 0));
        final Skb skb = Objects.requireNonNull(effect.slots()[0]);
        if (slab) {
            effect.entries().stream()
                    .filter(entry -> entry instanceof Entry.Did did && did.kind() == EventKind.REFILL)
                    .forEach(entry -> paper.filled(cpu, ((Entry.Did) entry).head()));
        }
        assertThat(skb.head()).isEqualTo(paper.get(cpu));
        return skb;
    }

    @Provide
    Arbitrary<List<Run>> runs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(-12, 12))
                .as((cpu, operations) -> new Run(new CpuId(cpu), operations))
                .list();
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label("A sheaf that came or went keeps its CPU from barn and slab for as many gets and puts as it has heads")
    void atMostOneInASheaf(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 4) int heads,
            @ForAll @IntRange(min = 0, max = 2) int full) {
        final NetworkRun run =
                new NetworkRun(on(ProgramGenerator.draw(number), new Sheaves(heads, full, 1)), Tap.NONE).phase();
        int contacts = 0;
        for (final List<Entry> history : run.histories()) {
            contacts = Math.max(contacts, MagazineProperties.contactsApart(heads, history));
        }
        Often.require("second contact after a sheaf", 20, contacts > 1);
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label("A barn has no more full sheaves, nor empty ones, than it may, and a CPU no more heads than two sheaves")
    void neverAboveTheLimits(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 3) int heads,
            @ForAll @IntRange(min = 0, max = 2) int full,
            @ForAll @IntRange(min = 0, max = 2) int empty) {
        final boolean[] fullest = {false};
        final Tap limits = (who, message, state, events) -> {
            if (state instanceof CpuStep cpu) {
                assertThat(cpu.heads().count()).isLessThanOrEqualTo(2 * heads);
            } else if (state instanceof BarnStep barn) {
                assertThat(barn.report().magazines()).isLessThanOrEqualTo(full);
                assertThat(barn.report().empties()).isLessThanOrEqualTo(empty);
                fullest[0] |= full > 0 && barn.report().magazines() == full;
            }
        };
        new NetworkRun(on(ProgramGenerator.draw(number), new Sheaves(heads, full, empty)), limits).phases();

        Often.require("a barn was full", 10, fullest[0]);
    }

    private static Scenario on(Scenario drawn, Sheaves sheaves) {
        final CpuPolicy before = drawn.machine().policy();
        final CpuPolicy policy = new CpuPolicy(
                sheaves.cache(),
                before.kernel().with(CodePath.LOOK_AT_PAGE),
                before.acknowledged(),
                before.backlogLimit(),
                sheaves);
        return new Scenario(drawn.machine().with(policy), drawn.commands(), drawn.schedule());
    }
}
