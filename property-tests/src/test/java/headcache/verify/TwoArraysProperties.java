package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.policy.Series;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.verify.Recorded.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

/** The two arrays of v1 of the series, which are played as one of twice the size, on whole machines. */
class TwoArraysProperties {
    private static final CpuId CPU = new CpuId(0);
    private static final Set<EventKind> GIVEN = EnumSet.of(EventKind.SPILL, EventKind.FLUSH);

    private List<Entry> done = List.of();
    private final List<Integer> asked = new ArrayList<>();
    private final List<Integer> given = new ArrayList<>();

    @Property(tries = 2000)
    @Label(
            "All laws hold with two arrays: conservation, one place, entry conditions, refinement, all home after the drain")
    void allLaws(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 6) int size) {
        final Scenario drawn = ProgramGenerator.draw(number);
        final CpuPolicy before = drawn.machine().policy();
        final CpuPolicy policy = new CpuPolicy(arrays(size), kernel(), before.acknowledged(), before.backlogLimit());

        assertThat(ProgramLaws.outcome(new Scenario(drawn.machine().with(policy), drawn.commands(), drawn.schedule()))
                        .broken())
                .isEmpty();
    }

    /** Runs of equal operations: 5 is five puts, -5 is five gets, and 0 the end of a softirq. */
    @Property(tries = 1000)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "One array of twice the size is two arrays: the same heads in the same order, and the same calls to the slab")
    void asInTheMail(
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll @IntRange(min = 1, max = 20) int pages,
            @ForAll("runs") @Size(min = 1, max = 40) List<Integer> runs) {
        final Probe probe = new Probe(MachineConfig.of(Topology.even(1, 1))
                .with(new CpuPolicy(arrays(size), kernel(), true, CpuPolicy.BACKLOG_LIMIT))
                .withHeads(new SlabConfig(2, 0, pages, 0)));
        final PaperTwoArrays paper = new PaperTwoArrays(size, this::allocBulk, given::addAll);
        final ArrayDeque<Skb> inUse = new ArrayDeque<>();
        boolean flushing = false;
        boolean refused = false;
        for (final int run : runs) {
            for (int i = 0; i < Math.max(1, Math.abs(run)); i++) {
                if (run < 0) {
                    get(probe, paper, inUse);
                } else if (run == 0) {
                    play(probe, null, new Op.PollEnd());
                    paper.endSoftirq();
                } else if (!inUse.isEmpty()) {
                    final Skb skb = inUse.remove();
                    play(probe, skb, Op.release(WayOut.NAPI_CONSUME_SKB, 0));
                    paper.put(skb.head());
                }
                mustAgree(probe, paper);
                flushing |= paper.isFlushing();
                refused |= did(EventKind.REFILL_FAILED).size() > 0;
            }
        }
        Often.require("the flush cache was used", 30, flushing);
        Often.require("the slab refused", 30, refused);
    }

    private void get(Probe probe, PaperTwoArrays paper, ArrayDeque<Skb> inUse) {
        final @Nullable Skb skb = play(probe, null, Op.allocate(WayIn.NAPI_ALLOC_SKB_FRAG, 0));
        assertThat(paper.get()).isEqualTo(skb == null ? Head.NONE : skb.head());
        if (skb != null) {
            inUse.add(skb);
        }
    }

    private @Nullable Skb play(Probe probe, @Nullable Skb skb, Op op) {
        final Probe.Effect effect = probe.call(CPU, new Skb[] {skb}, op);
        done = effect.entries();
        asked.clear();
        given.clear();
        return effect.slots()[0];
    }

    private List<Integer> allocBulk(int count) {
        asked.add(count);
        return did(EventKind.REFILL).stream().map(Entry.Did::head).toList();
    }

    private void mustAgree(Probe probe, PaperTwoArrays paper) {
        assertThat(did(EventKind.REFILL_ASKED).stream().map(Entry.Did::detail)).isEqualTo(asked);
        assertThat(done.stream()
                        .filter(entry -> entry instanceof Entry.Did event && GIVEN.contains(event.kind()))
                        .map(entry -> ((Entry.Did) entry).head()))
                .isEqualTo(given);
        assertThat(probe.run().network().cpu(CPU.index()).heads().count()).isEqualTo(paper.parked());
    }

    private List<Entry.Did> did(EventKind kind) {
        return done.stream()
                .filter(entry -> entry instanceof Entry.Did event && event.kind() == kind)
                .map(Entry.Did.class::cast)
                .toList();
    }

    /** What happens in a softirq is drawn: true is a get, false a put. */
    @Property(tries = 1000)
    @StatisticsReport(onFailureOnly = true)
    @Label("A softirq with as many gets as an array is long, and fewer puts, needs the slab at its end alone, and once")
    void onceForEachSoftirq(
            @ForAll @IntRange(min = 1, max = 6) int size,
            @ForAll @Size(min = 1, max = 20) List<List<Boolean>> softirqs) {
        final Probe probe = new Probe(MachineConfig.of(Topology.even(1, 1))
                .with(new CpuPolicy(arrays(size), kernel(), true, CpuPolicy.BACKLOG_LIMIT)));
        final ArrayDeque<Skb> inUse = new ArrayDeque<>();
        play(probe, null, new Op.PollEnd());
        int ends = 0;
        for (final List<Boolean> softirq : softirqs) {
            int gets = 0;
            int puts = 0;
            long contacts = 0;
            for (final boolean get : softirq) {
                if (get && gets < size) {
                    gets++;
                    inUse.add(Objects.requireNonNull(play(probe, null, Op.allocate(WayIn.NAPI_ALLOC_SKB_FRAG, 0))));
                    contacts += contacts();
                } else if (!get && puts < size - 1 && !inUse.isEmpty()) {
                    puts++;
                    play(probe, inUse.remove(), Op.release(WayOut.NAPI_CONSUME_SKB, 0));
                    contacts += contacts();
                }
            }
            assertThat(contacts).isZero();
            play(probe, null, new Op.PollEnd());
            assertThat(contacts()).isEqualTo(gets == puts ? 0 : 1);
            ends += gets == puts ? 0 : 1;
        }
        Often.require("more than one softirq needed the slab", 50, ends > 1);
    }

    /** Messages but for the answer to the call. */
    private long contacts() {
        return done.stream().filter(Entry.Sent.class::isInstance).count() - 1;
    }

    @Provide
    Arbitrary<List<Integer>> runs() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.integers().between(-8, 8)), Tuple.of(1, Arbitraries.just(0)))
                .list();
    }

    private static CachePolicy arrays(int size) {
        return new CachePolicy(2 * size, size, size, SpillEnd.NEWEST);
    }

    private static Kernel kernel() {
        return Series.BESIDE.get(0).policy().kernel();
    }
}
