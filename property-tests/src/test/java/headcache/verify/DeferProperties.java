package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.Tap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.statistics.StatisticsReport;

/** Defer lists, on whole machines. */
class DeferProperties {

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "All laws hold with defer lists: conservation, one place, bare on entry, refinement, no list left at its kick, all home after the drain")
    void allLaws(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 0, max = 6) int deferMax) {
        final Scenario drawn = deferring(number, deferMax);
        final NetworkRun run = new NetworkRun(drawn, Tap.NONE).phase();

        assertThat(ProgramLaws.outcome(drawn).broken()).isEmpty();
        Often.require("something was handed back", 10, run.happened(EventKind.DEFERRED));
    }

    private static Scenario deferring(long number, int deferMax) {
        final Scenario drawn = ProgramGenerator.draw(number);
        final CpuPolicy before = drawn.machine().policy();
        final Kernel kernel = before.kernel().with(CodePath.DEFER_TO_OWNER).withDeferMax(deferMax);
        final CpuPolicy policy =
                new CpuPolicy(before.cache(), kernel, before.acknowledged(), before.backlogLimit(), before.middle());
        return new Scenario(drawn.machine().with(policy), drawn.commands(), drawn.schedule());
    }
}
