package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import headcache.cache.HeadCache;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.HeadMisuse;
import headcache.step.HeadMisuse.Rule;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A parked head that is used or given up again is noticed, with its name and the place (I16). */
class PoisonProperties {
    private static final CpuId CPU = new CpuId(0);
    private static final Skb UNRELATED = Skb.fresh(Head.plain(0, Head.INDEX_LIMIT - 1), 0);

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I16 observability: every use of an skb whose head is parked on the CPU is noticed at once, and named")
    void useAfterPut(
            @ForAll("machines") MachineDraft machine,
            @ForAll @IntRange(min = 1, max = 70) int puts,
            @ForAll @IntRange(max = 79) int which,
            @ForAll("uses") Op use) {
        final Probe probe = machineThatPut(machine, puts);
        final int head = parkedHead(probe, which);
        if (head != Head.NONE) {
            mustBeNoticed(head, () -> probe.call(CPU, new Skb[] {Skb.fresh(head, 0), UNRELATED, null}, use));
        }
        Often.require("parked heads", 40, head != Head.NONE);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I16 observability: an aggregate does not end unnoticed while the head of one of its members is parked")
    void memberUsedAfterPut(
            @ForAll("machines") MachineDraft machine,
            @ForAll @IntRange(max = 79) int which,
            @ForAll("lastUses") WayOut way) {
        final Probe probe = machineThatPut(machine, 1);
        final int head = parkedHead(probe, which);
        if (head != Head.NONE) {
            final Skb aggregate = UNRELATED.linking(Skb.fresh(head, 0));
            mustBeNoticed(head, () -> probe.call(CPU, new Skb[] {aggregate}, Op.release(way, 0)));
        }
        Often.require("parked heads", 40, head != Head.NONE);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I16 observability: a head that another CPU hands over although it is parked here is noticed")
    void handedOverTwice(
            @ForAll("machines") MachineDraft machine,
            @ForAll @IntRange(min = 1, max = 70) int puts,
            @ForAll @IntRange(max = 79) int which) {
        final Probe probe = machineThatPut(machine, puts);
        final int head = parkedHead(probe, which);
        if (head != Head.NONE) {
            final int[] heads = {head};
            mustBeNoticed(head, () -> probe.send(CPU, new CpuMessage.HandOver(new CpuId(1), heads)));
        }
        Often.require("parked heads", 40, head != Head.NONE);
    }

    private static Probe machineThatPut(MachineDraft machine, int puts) {
        final Probe probe = new Probe(machine.config());
        final Command.Burst burst = new Command.Burst(CPU, WayIn.ALLOC_SKB, WayOut.NAPI_CONSUME_SKB, puts, true);
        probe.call(CPU, new Skb[puts], burst.ops());
        return probe;
    }

    private static int parkedHead(Probe probe, int which) {
        final HeadCache heads = probe.run().network().cpu(CPU.index()).heads();
        return heads.isEmpty() ? Head.NONE : heads.head(which % heads.count());
    }

    private static void mustBeNoticed(int head, ThrowingCallable use) {
        final HeadMisuse misuse = catchThrowableOfType(HeadMisuse.class, use);
        assertThat(misuse).isNotNull();
        assertThat(misuse.rule()).isIn(Rule.USE_AFTER_FREE, Rule.DOUBLE_FREE);
        assertThat(misuse.head()).isEqualTo(head);
        assertThat(misuse).hasMessageContaining(CPU.toString()).hasMessageContaining(Head.name(head));
    }

    @Provide
    Arbitrary<MachineDraft> machines() {
        return MachineArbitraries.machines();
    }

    /** Everything that can be done with the skb of slot 0. */
    @Provide
    Arbitrary<Op> uses() {
        final List<Op> uses = new ArrayList<>();
        for (final WayOut way : WayOut.values()) {
            uses.add(Op.release(way, 0));
        }
        uses.add(new Op.Release(WayOut.GRO_LIST_MEMBER, 0, 1));
        uses.add(new Op.Release(WayOut.GRO_STOLEN_HEAD, 0, 1));
        uses.add(new Op.Release(WayOut.GRO_LIST_MEMBER, 1, 0));
        uses.add(new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0));
        uses.add(new Op.Clone(0, 2));
        uses.add(new Op.Share(0));
        for (final Held what : Held.values()) {
            uses.add(new Op.Attach(0, what));
        }
        return Arbitraries.of(uses);
    }

    @Provide
    Arbitrary<WayOut> lastUses() {
        return Arbitraries.of(WayOut.NAPI_CONSUME_SKB, WayOut.KFREE_SKB_DEFER, WayOut.KFREE_SKB);
    }
}
