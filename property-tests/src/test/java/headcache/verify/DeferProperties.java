package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.TaskId;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.Tap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.statistics.StatisticsReport;

/** Defer lists, on whole machines. */
class DeferProperties {
    /** What came after v5.19; each is tried alone and with the others. */
    enum Later {
        BY_NODE(CodePath.DEFER_BY_NODE),
        TO_CACHE(CodePath.READ_TO_CACHE),
        ALIENS(CodePath.ALIEN_TO_OWNER),
        PEEK(CodePath.PEEK_BEFORE_SLAB);

        private final CodePath path;

        Later(CodePath path) {
            this.path = path;
        }
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "All laws hold with defer lists: conservation, one place, bare on entry, refinement, no list left at its kick, all home after the drain")
    void allLaws(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 0, max = 6) int deferMax,
            @ForAll Set<Later> later) {
        final Scenario drawn = deferring(number, deferMax, later);
        final NetworkRun run = new NetworkRun(drawn, Tap.NONE).phase();

        assertThat(ProgramLaws.outcome(drawn).broken()).isEmpty();
        Often.require("something was handed back", 10, run.happened(EventKind.DEFERRED));
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "A CPU keeps capacity - 1 heads in its cache and skb_defer_max skbs on a list at most, and at rest half of those")
    void parkedAtMostWhatIsPromised(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 0, max = 6) int deferMax,
            @ForAll Set<Later> later) {
        final Scenario drawn = deferring(number, deferMax, later);
        final int cache = drawn.machine().policy().cache().capacity() - 1;
        final Kernel kernel = drawn.machine().policy().kernel();
        final int lists =
                later.contains(Later.BY_NODE) ? drawn.machine().topology().nodes() : 1;
        final int[] longest = new int[1];
        final NetworkRun run = new NetworkRun(drawn, (who, message, state, events) -> {
                    if (state instanceof CpuStep cpu) {
                        assertThat(cpu.heads().count()).isLessThanOrEqualTo(cache);
                        assertThat(cpu.longestDeferList()).isLessThanOrEqualTo(kernel.deferCap());
                        assertThat(cpu.deferred()).isLessThanOrEqualTo(lists * kernel.deferCap());
                        longest[0] = Math.max(longest[0], cpu.longestDeferList());
                    }
                })
                .phase();

        for (int cpu = 0; cpu < drawn.machine().topology().cpus(); cpu++) {
            if (run.network().cpu(cpu).isOnline()) {
                assertThat(run.network().cpu(cpu).longestDeferList()).isLessThanOrEqualTo(deferMax / 2);
            }
        }
        Often.require("a list was full", 5, kernel.deferCap() > 0 && longest[0] == kernel.deferCap());
        Often.require("something was left on a list", 5, left(run, drawn) > 0);
    }

    private static int left(NetworkRun run, Scenario drawn) {
        return IntStream.range(0, drawn.machine().topology().cpus())
                .map(cpu -> run.network().cpu(cpu).deferred())
                .sum();
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "What is handed back comes to the CPU that allocated it, or for whose task it was allocated, and to no other")
    void headsStayWithTheCpuThatAllocatedThem(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
            @ForAll @IntRange(min = 1, max = 6) int deferMax,
            @ForAll Set<Later> later) {
        final Map<Integer, Integer> allocatedBy = new HashMap<>();
        final NetworkRun run = new NetworkRun(deferring(number, deferMax, later), (who, message, state, events) -> {
                    for (int i = 0; i < events.size(); i++) {
                        final int head = events.head(i);
                        if (events.kind(i) == EventKind.BORN) {
                            allocatedBy.put(head, cpuOf(who));
                        } else if (events.kind(i) == EventKind.DEFERRED && !Head.isFclone(head)) {
                            assertThat(who).isEqualTo(new CpuId(Objects.requireNonNull(allocatedBy.get(head))));
                        }
                    }
                })
                .phase();

        Often.require("something was handed back", 10, run.happened(EventKind.DEFERRED));
    }

    private static int cpuOf(ActorName who) {
        return who instanceof CpuId cpu ? cpu.index() : ((TaskId) who).index();
    }

    private static Scenario deferring(long number, int deferMax, Set<Later> later) {
        final Scenario drawn = ProgramGenerator.draw(number);
        final CpuPolicy before = drawn.machine().policy();
        Kernel kernel = before.kernel().with(CodePath.DEFER_TO_OWNER).withDeferMax(deferMax);
        for (final Later path : later) {
            kernel = kernel.with(path.path);
        }
        final CpuPolicy policy =
                new CpuPolicy(before.cache(), kernel, before.acknowledged(), before.backlogLimit(), before.middle());
        return new Scenario(drawn.machine().with(policy), drawn.commands(), drawn.schedule());
    }
}
