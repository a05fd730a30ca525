package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/** A CPU that waits for messages does what a CPU does that calls functions. */
class RefinementProperties {

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Refinement: what each CPU does is what the sequential machine does that is given the same work in the same"
            + " order and the same answers of the slab, whatever the interleaving")
    void sequential(@ForAll("scenarios") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phases();
        assertThat(run.differences()).isEmpty();
        Often.require("CPU that stood still", 70, run.happened(EventKind.SUSPENDED));
        Often.require("work that arrived meanwhile", 50, arrivedWhileSuspended(run));
        Often.require("spill", 15, run.happened(EventKind.SPILL));
    }

    private static boolean arrivedWhileSuspended(NetworkRun run) {
        return run.histories().stream()
                .flatMap(history -> history.stream())
                .anyMatch(
                        entry -> entry instanceof Entry.Did did && did.kind() == EventKind.RESUMED && did.detail() > 0);
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return MachineArbitraries.scenarios();
    }
}
