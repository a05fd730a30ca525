package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NODE;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.ActorName;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an skb holds is released exactly once, on each way out. */
class ReleaseOnceTest {
    /** Ends that leave the data to somebody else. */
    private static final Set<WayOut> KEEPS_DATA = EnumSet.of(WayOut.GRO_STOLEN_HEAD, WayOut.GRO_FRAGS_REUSE);

    private final StepBench bench = StepBench.oneCpu();

    static Stream<Arguments> waysOut() {
        final List<Arguments> rows = new ArrayList<>();
        for (final WayOut way : WayOut.values()) {
            rows.add(Arguments.of(way, CPU));
        }
        rows.add(Arguments.of(WayOut.KFREE_SKB, TASK));
        rows.add(Arguments.of(WayOut.NAPI_CONSUME_SKB_BUDGET_0, TASK));
        return rows.stream();
    }

    static Stream<Arguments> waysOutOfAggregates() {
        return waysOut().filter(row -> !KEEPS_DATA.contains(row.get()[0]));
    }

    private static List<String> only(String kind, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(kind)).toList();
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void shouldReleaseEachThingThatItHolds(WayOut way, ActorName who) {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0));
        bench.run(
                Arrays.stream(Held.values()).map(what -> new Op.Attach(0, what)).toArray(Op[]::new));

        assertThat(only("UNHOLD", bench.runOn(who, Op.release(way, 0))))
                .containsExactlyInAnyOrder(
                        "UNHOLD n0/0 DST", "UNHOLD n0/0 CONNTRACK", "UNHOLD n0/0 SOCKET", "UNHOLD n0/0 EXTENSIONS");
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void shouldReleaseNothingThatItDoesNotHold(WayOut way, ActorName who) {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), new Op.Attach(0, Held.DST), new Op.Attach(0, Held.DST));

        assertThat(only("UNHOLD", bench.runOn(who, Op.release(way, 0)))).containsExactly("UNHOLD n0/0 DST");
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void shouldDropItsReferenceToTheDataUnlessTheDataLivesOn(WayOut way, ActorName who) {
        bench.run(Op.allocate(WayIn.BUILD_SKB, 0), new Op.Clone(0, 1));

        assertThat(only("DATA_DROPPED", bench.runOn(who, Op.release(way, 0))))
                .hasSize(KEEPS_DATA.contains(way) ? 0 : 1)
                .allMatch(line -> line.equals("DATA_DROPPED n0/0"));
        assertThat(only("DATA_DROPPED", bench.runOn(who, Op.release(WayOut.KFREE_SKB, 1))))
                .containsExactly("DATA_DROPPED n0/0");
    }

    @ParameterizedTest
    @MethodSource("waysOutOfAggregates")
    void shouldDropTheDataThatItTookOver(WayOut way, ActorName who) {
        bench.run(
                Op.allocate(WayIn.BUILD_SKB, 0),
                Op.allocate(WayIn.BUILD_SKB, 1),
                Op.allocate(WayIn.BUILD_SKB, 2),
                new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0),
                new Op.Release(WayOut.GRO_STOLEN_HEAD, 2, 0));

        assertThat(only("DATA_DROPPED", bench.runOn(who, Op.release(way, 0))))
                .containsExactlyInAnyOrder("DATA_DROPPED n0/0", "DATA_DROPPED n0/1", "DATA_DROPPED n0/2");
    }

    @ParameterizedTest
    @MethodSource("waysOutOfAggregates")
    void shouldFreeTheMembersOfItsFragListWithAllThatTheyHold(WayOut way, ActorName who) {
        bench.run(
                Op.allocate(WayIn.BUILD_SKB, 0),
                Op.allocate(WayIn.BUILD_SKB, 1),
                new Op.Attach(1, Held.CONNTRACK),
                Op.allocate(WayIn.BUILD_SKB, 2),
                new Op.Release(WayOut.GRO_LIST_MEMBER, 1, 0),
                new Op.Release(WayOut.GRO_LIST_MEMBER, 2, 0));
        bench.heads(NODE);

        final List<String> lines = bench.runOn(who, Op.release(way, 0));

        assertThat(lines)
                .filteredOn(line -> !line.contains("n0/0"))
                .containsExactly(
                        "DATA_DROPPED n0/2",
                        "DIED n0/2 skb_release_data",
                        "SINGLE_FREE n0/2",
                        "UNHOLD n0/1 CONNTRACK",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 skb_release_data",
                        "SINGLE_FREE n0/1");
        assertThat(bench.heads(NODE)).contains("SLAB_IN n0/1 node-0", "SLAB_IN n0/2 node-0");
    }
}
