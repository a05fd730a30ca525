package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.step.EventKind;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/** No head is lost, whatever is done and in whatever order messages arrive. */
class ConservationProperties {

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I1 conservation: at rest every head that is out of its slab is parked or in use, and in one place only")
    void everyHeadIsSomewhere(@ForAll("scenarios") Scenario scenario) {
        final Outcome outcome = Outcome.atRest(scenario);
        final long parked = outcome.in(Place.IN_CACHE);
        final long inUse = outcome.in(Place.IN_USE);
        assertThat(outcome.in(Place.HANDED_OUT, Place.TAKEN, Place.ENDED, Place.GIVEN_UP, Place.HANDED_OVER))
                .isZero();
        assertThat(parked).isEqualTo(outcome.run().parked());
        assertThat(parked + inUse).isEqualTo(outcome.run().inUse());
        assertThat(outcome.violations(Invariant.I1)).isEmpty();
        Often.require("parked and in use", 45, parked > 0 && inUse > 0);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I1 I12 no leak: once everything is released and drained, every head is home and no data has a reference left")
    void everythingComesHome(@ForAll("scenarios") Scenario scenario) {
        final Outcome outcome = Outcome.drained(scenario);
        assertThat(outcome.run().parked()).isZero();
        assertThat(outcome.run().inUse()).isZero();
        assertThat(outcome.violations(Invariant.I1, Invariant.I12, Invariant.I6))
                .isEmpty();
        Often.require("flush of a drain", 60, outcome.run().happened(EventKind.FLUSH));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I15 liveness: the machine comes to rest, and then no CPU waits and nothing is queued to be freed")
    void nobodyWaitsForEver(@ForAll("scenarios") Scenario scenario) {
        final CompletionQueues queued = new CompletionQueues();
        final NetworkRun run = new NetworkRun(scenario, queued).phase();
        for (int cpu = 0; cpu < scenario.machine().topology().cpus(); cpu++) {
            assertThat(run.network().cpu(cpu).isSuspended()).isFalse();
            assertThat(run.network().cpu(cpu).backlog()).isZero();
        }
        assertThat(queued.skbs()).isEmpty();
        Often.require("interrupt", 20, queued.wereUsed());
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return MachineArbitraries.scenarios();
    }
}
