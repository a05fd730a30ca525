package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.middle.DepotStep;
import headcache.middle.Magazines;
import headcache.protocol.CpuId;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabReply;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
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

/** Magazines with a depot, on whole machines. */
class MagazineProperties {
    private static final DepotId DEPOT = new DepotId(0);

    /** Work in runs of equal operations: 5 is five puts, -5 is five gets. */
    record Run(CpuId cpu, int operations) {}

    @Property(tries = 2000)
    @Label(
            "All laws hold with magazines: conservation, one place, entry conditions, refinement, all home after the drain")
    void allLaws(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 6) int rounds,
            @ForAll @IntRange(min = 0, max = 4) int interval) {
        final Scenario drawn = ProgramGenerator.draw(number);
        final CpuPolicy before = drawn.machine().policy();
        final Magazines magazines = new Magazines(rounds, interval);
        final CpuPolicy policy = new CpuPolicy(
                magazines.cache(), before.kernel(), before.acknowledged(), before.backlogLimit(), magazines);

        assertThat(ProgramLaws.outcome(on(drawn, policy)).broken()).isEmpty();
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "Two magazines and a depot are what the paper says: the same heads in the same order, slab calls at the same gets")
    void asInThePaper(
            @ForAll @IntRange(min = 1, max = 5) int rounds, @ForAll("runs") @Size(min = 1, max = 30) List<Run> runs) {
        final Probe probe =
                new Probe(MachineConfig.of(Topology.even(2, 1)).with(CpuPolicy.of(new Magazines(rounds, 0))));
        final PaperMagazines paper = new PaperMagazines(rounds);
        final ArrayDeque<Skb> inUse = new ArrayDeque<>();
        boolean traded = false;
        for (final Run run : runs) {
            for (int i = 0; i < Math.abs(run.operations()); i++) {
                if (run.operations() < 0) {
                    final int before = paper.fullMagazines();
                    inUse.add(get(probe, paper, run.cpu()));
                    traded |= paper.fullMagazines() < before;
                } else if (!inUse.isEmpty()) {
                    put(probe, paper, run.cpu(), inUse.remove());
                }
                assertThat(probe.run().network().cpu(run.cpu().index()).heads().count())
                        .isEqualTo(paper.parked(run.cpu()));
                assertThat(probe.run()
                                .network()
                                .step(DEPOT, DepotStep.class)
                                .report()
                                .magazines())
                        .isEqualTo(paper.fullMagazines());
            }
        }
        Often.require("a full magazine was had", 30, traded);
    }

    private static Skb get(Probe probe, PaperMagazines paper, CpuId cpu) {
        final Probe.Effect effect = probe.call(cpu, new Skb[1], Op.allocate(WayIn.NAPI_BUILD_SKB, 0));
        final Skb skb = Objects.requireNonNull(effect.slots()[0]);
        final int expected = paper.get(cpu);
        if (expected == Head.NONE) {
            assertThat(effect.entries().stream().filter(MagazineProperties::isRefill))
                    .hasSize(1);
        } else {
            assertThat(skb.head()).isEqualTo(expected);
        }
        return skb;
    }

    private static boolean isRefill(Entry entry) {
        return entry instanceof Entry.Did did && did.kind() == EventKind.REFILL;
    }

    private static void put(Probe probe, PaperMagazines paper, CpuId cpu, Skb skb) {
        probe.call(cpu, new Skb[] {skb}, Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        paper.put(cpu, skb.head());
    }

    @Provide
    Arbitrary<List<Run>> runs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(-12, 12))
                .as((cpu, operations) -> new Run(new CpuId(cpu), operations))
                .list();
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "A magazine that was traded keeps its CPU from the depot for M gets and puts, whatever they are: at most 1/M")
    void atMostOneInM(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 4) int rounds) {
        final Scenario drawn = ProgramGenerator.draw(number);
        final NetworkRun run = new NetworkRun(on(drawn, CpuPolicy.of(new Magazines(rounds, 0))), Tap.NONE).phase();
        int contacts = 0;
        for (final List<Entry> history : run.histories()) {
            contacts = Math.max(contacts, contactsApart(rounds, history));
        }
        Often.require("second contact after a magazine", 20, contacts > 1);
    }

    /** How many contacts came after one that traded a full magazine; each must be {@code rounds} later. */
    static int contactsApart(int rounds, List<Entry> history) {
        int operations = 0;
        int last = 0;
        int contacts = 0;
        boolean warm = false;
        for (final Entry entry : history) {
            final boolean forFull =
                    entry instanceof Entry.Sent sent && sent.message() instanceof DepotMessage.TradeForFull;
            final boolean forEmpty =
                    entry instanceof Entry.Sent sent && sent.message() instanceof DepotMessage.TradeForEmpty;
            if (forFull || forEmpty) {
                final int at = forFull ? operations : operations - 1; // the put that spills was counted
                if (warm) {
                    assertThat(at - last).isGreaterThanOrEqualTo(rounds);
                    contacts++;
                }
                last = at;
                warm = forEmpty;
            } else if (entry instanceof Entry.Took took && took.message() instanceof SlabReply.BulkAllocated answer) {
                warm = answer.heads().length == rounds;
            } else if (entry instanceof Entry.Did did) {
                operations += did.kind() == EventKind.GET || did.kind() == EventKind.PUT ? 1 : 0;
                warm &= did.kind() != EventKind.FLUSH && did.kind() != EventKind.HANDED_OVER;
            }
        }
        return contacts;
    }

    private static Scenario on(Scenario drawn, CpuPolicy policy) {
        return new Scenario(drawn.machine().with(policy), drawn.commands(), drawn.schedule());
    }
}
