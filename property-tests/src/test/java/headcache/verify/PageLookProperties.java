package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.memory.SlabStep;
import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

/** The look at the page of every head that is put. */
class PageLookProperties {

    /** Slabs so small that the reserve is soon needed. */
    @Property(tries = 1000)
    @StatisticsReport(onFailureOnly = true)
    @Label("M29 the check that the series left out: where pages are looked at, no cache ever has a head of the reserve")
    void noCacheKeepsTheReserve(@ForAll("scenarios") Scenario drawn, @ForAll @IntRange(max = 3) int pages) {
        final CpuPolicy before = drawn.machine().policy();
        final CpuPolicy looking = new CpuPolicy(
                before.cache(),
                before.kernel().with(CodePath.LOOK_AT_PAGE),
                before.acknowledged(),
                before.backlogLimit());
        final Scenario scenario = new Scenario(
                drawn.machine().with(looking).withHeads(new SlabConfig(1, 0, pages, 2)),
                drawn.commands(),
                drawn.schedule());
        final ReserveLook look = new ReserveLook();

        new NetworkRun(scenario, look).phases();

        assertThat(look.parked).isZero();
        Often.require("a head of the reserve ended where another is put", 5, look.ended > 0);
    }

    /** Counts heads of the reserve in caches, and those that ended in a way that puts others. */
    private static final class ReserveLook implements Tap {
        private static final Set<WayOut> PUTS = EnumSet.of(
                WayOut.NAPI_CONSUME_SKB, WayOut.KFREE_SKB_DEFER, WayOut.GRO_STOLEN_HEAD, WayOut.GRO_MERGED_FREE);

        private final Map<Integer, SlabStep> slabs = new HashMap<>();
        private int parked;
        private int ended;

        @Override
        public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
            if (who instanceof NodeId node && state instanceof SlabStep slab) {
                slabs.put(node.index(), slab);
            } else if (state instanceof CpuStep cpu) {
                for (int slot = 0; slot < cpu.heads().count(); slot++) {
                    parked += isReserve(cpu.heads().head(slot)) ? 1 : 0;
                }
                for (int i = 0; i < events.size(); i++) {
                    final boolean ends =
                            events.kind(i) == EventKind.DIED && PUTS.contains(WayOut.values()[events.detail(i)]);
                    ended += ends && isReserve(events.head(i)) ? 1 : 0;
                }
            }
        }

        private boolean isReserve(int head) {
            return !Head.isFclone(head)
                    && Objects.requireNonNull(slabs.get(Head.node(head)))
                            .slab(SlabKind.HEAD)
                            .isReserve(head);
        }
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return NodeArbitraries.scenarios(60);
    }
}
