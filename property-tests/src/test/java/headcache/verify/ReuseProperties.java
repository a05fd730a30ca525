package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.Tap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/** A head is used again only when nobody uses it, and as if it were new. */
class ReuseProperties {

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I4 I5 I11 order: between refills and spills the head put last is got first; refills come on empty, spills on"
                    + " full, of the policy's size and from its end, and a cache never holds more than it has room for")
    void order(@ForAll("scenarios") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phases();
        final CachePolicy cache = scenario.machine().policy().cache();
        final Kernel kernel = scenario.machine().policy().kernel();
        for (final List<Recorded.Entry> history : run.histories()) {
            assertThat(StackRules.violations(cache, kernel, history)).isEmpty();
        }
        Often.require("refill", 30, run.happened(EventKind.REFILL));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I2 I3 I10 one holder: no head is in two places or under two skbs, and only its own CPU touches a cache")
    void neverTwoHolders(@ForAll("scenarios") Scenario scenario) {
        final Outcome outcome = Outcome.drained(scenario);
        assertThat(outcome.violations(Invariant.I2, Invariant.I3, Invariant.I10))
                .isEmpty();
        Often.require("share", 10, outcome.run().happened(EventKind.SHARED));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I6 bare on entry: what an skb holds and its data are released exactly once, before its head is given up")
    void bareOnEntry(@ForAll("scenarios") Scenario scenario) {
        final Outcome outcome = Outcome.drained(scenario);
        assertThat(outcome.violations(Invariant.I6)).isEmpty();
        Often.require("something held and released", 30, outcome.run().happened(EventKind.UNHOLD));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I8 I9 origin: no pair of twins and no head with a reference left enters a cache")
    void onlyPlainAndExclusive(@ForAll("scenarios") Scenario scenario) {
        final Outcome outcome = Outcome.drained(scenario);
        assertThat(outcome.violations(Invariant.I8, Invariant.I9)).isEmpty();
        Often.require(
                "pair consumed in a softirq",
                20,
                outcome.run().histories().stream()
                        .flatMap(history -> history.stream())
                        .anyMatch(entry -> entry instanceof Recorded.Entry.Did did
                                && did.kind() == EventKind.DIED
                                && Head.isFclone(did.head())));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I7 clean on exit: an skb that was just allocated has one user and its own data, and holds nothing, whatever"
            + " its head carried before")
    void cleanOnExit(@ForAll("scenarios") Scenario scenario, @ForAll("waysIn") WayIn way) {
        final Probe probe = new Probe(new NetworkRun(scenario, Tap.NONE).phase());
        final Skb skb =
                probe.call(new CpuId(0), new Skb[1], Op.allocate(way, 0)).slots()[0];
        if (skb != null) {
            final int by = skb.allocCpu();
            final Skb fresh = Head.isFclone(skb.head()) ? Skb.freshTwin(skb.head(), by) : Skb.fresh(skb.head(), by);
            assertThat(skb).isEqualTo(skb.reserve() ? fresh.ofReserve() : fresh);
        }
        Often.require("success", 40, skb != null);
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return MachineArbitraries.scenarios();
    }

    @Provide
    Arbitrary<WayIn> waysIn() {
        return Arbitraries.of(
                WayIn.NAPI_BUILD_SKB,
                WayIn.NAPI_ALLOC_SKB_FRAG,
                WayIn.NAPI_ALLOC_SKB_KMALLOC,
                WayIn.NAPI_GET_FRAGS,
                WayIn.ALLOC_SKB,
                WayIn.ALLOC_SKB_FCLONE);
    }
}
