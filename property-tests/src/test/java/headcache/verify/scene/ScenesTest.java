package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.search.RandomWalk;
import headcache.kit.search.Strategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real actors of each scene have as many traces and final states as all ways of counting agree on. */
final class ScenesTest {
    private static final Limits FEW = Limits.NONE.withRuns(200);

    /** Scenario, states, traces, final states. */
    @ParameterizedTest
    @CsvSource({
        "one-head-short,            89,     2,     2",
        "refill-races-spill,        470,    50,    4",
        "offline-during-refill,     526,    57,    7",
        "lend-to-each-other,        216,    3,     3",
        "task-beside-softirq,       183,    3,     2",
        "interrupt-while-suspended, 90,     7,     2",
        "spills-in-flight,          2074,   174,   2",
        "ring-of-three,             1557,   63,    15",
        "two-each-way,              6140,   3088,  14",
        "memory-for-two-of-three,   449368, 43008, 36",
        "ring-of-three-with-tasks,  294543, 14040, 75",
        "hand-over-in-a-ring,       1358,   40,    6",
        "stolen-head,               418,    4,     4",
        "twin-in-gro,               292,    16,    2",
        "slab-refuses,              1541,   256,   14",
        "page-limit-falls,          4264,   996,   6",
        "data-fails,                709,    16,    4",
        "dice-for-remote-pages,     332,    23,    3",
        "offline-among-three,       116470, 12010, 55",
        "faults-among-three,        84559,  17425, 47",
        "magazines-one-way,         390,    38,    5",
        "magazines-reaped,          3370,   1138,  13",
        "sheaves-barn-full,         2580,   1936,  8",
        "sheaves-two-nodes,         1945,   1450,  3",
        "batches-one-way,           570,    189,   4",
        "batches-cross,             4472,   9432,  14",
        "batches-owner-offline,     1146,   246,   12",
        "read-elsewhere,            1113,   876,   3",
        "list-is-full,              4431,   1046,  3",
        "list-again,                563,    193,   2",
        "softirq-is-due,            33080,  26472, 10",
        "held-on-a-list,            563,    214,   4",
        "offline-with-a-list,       1130,   268,   8",
        "each-others-lists,         1873,   1724,  8",
        "aliens-consumed,           1104,   1010,  6",
        "aliens-refused,            1265,   1662,  5",
        "task-peeks,                295,    30,    2",
        "task-peeks-offline,        280,    21,    5",
        "top-up-races-refill,       456,    12,    3",
        "poll-waits-for-top-up,     398,    104,   5",
        "offline-during-top-up,     520,    67,    5",
        "bulk-get-shortfall,        269,    6,     6",
        "bulk-get-part,             419,    19,    7",
        "bulk-get-offline,          138,    13,    6"
    })
    void runsOfActorsAndStatesOfStepsGiveTheSameCounts(String name, long states, long traces, int finals) {
        final Explored reduced = explore(name, Semantics.PER_PAIR_FIFO, DynamicReduction.full());
        final Recount recount = Recount.of(scene(name), Long.MAX_VALUE).orElseThrow();

        assertThat(reduced.found()).isNull();
        assertThat(reduced.complete()).isTrue();
        assertThat(reduced.runs()).isEqualTo(traces);
        assertThat(reduced.traces()).isEqualTo(traces);
        assertThat(reduced.blocked()).isZero();
        assertThat(reduced.finals()).hasSize(finals);
        assertThat(recount.states()).isEqualTo(states);
        assertThat(recount.traces()).isEqualTo(traces);
        assertThat(recount.reached().finals()).isEqualTo(reduced.finals().keySet());
        assertThat(recount.agreesWith(reduced)).isTrue();
    }

    /** Without wakeup trees some runs are begun in vain. */
    @ParameterizedTest
    @CsvSource({"offline-during-refill, 57, 2", "two-each-way, 3088, 12", "hand-over-in-a-ring, 40, 1"})
    void sourceSetsLoseNothing(String name, long traces, long blocked) {
        final Explored reduced = explore(name, Semantics.PER_PAIR_FIFO, DynamicReduction.full());
        final Explored source = explore(name, Semantics.PER_PAIR_FIFO, new DynamicReduction(true, true));

        assertThat(source.runs()).isEqualTo(traces);
        assertThat(source.traces()).isEqualTo(traces);
        assertThat(source.blocked()).isEqualTo(blocked);
        assertThat(source.finals()).isEqualTo(reduced.finals());
    }

    @ParameterizedTest
    @ValueSource(strings = {"refill-races-spill", "spills-in-flight", "ring-of-three", "two-each-way"})
    void sleepSetsAloneLoseNothing(String name) {
        final Explored reduced = explore(name, Semantics.PER_PAIR_FIFO, DynamicReduction.full());
        final Explored asleep = explore(name, Semantics.PER_PAIR_FIFO, new DynamicReduction(false, true));

        assertThat(asleep.runs()).isEqualTo(reduced.runs());
        assertThat(asleep.traces()).isEqualTo(reduced.traces());
        assertThat(asleep.finals().keySet()).isEqualTo(reduced.finals().keySet());
    }

    /** Without any reduction: 3,432 and 2,640 runs. */
    @ParameterizedTest
    @CsvSource({"one-head-short, 3432, 2, 2", "interrupt-while-suspended, 2640, 7, 2"})
    void everyRunIsOfATraceThatTheReductionKnows(String name, long runs, long traces, int finals) {
        final Explored every = explore(name, Semantics.PER_PAIR_FIFO, DynamicReduction.none());

        assertThat(every.runs()).isEqualTo(runs);
        assertThat(every.traces()).isEqualTo(traces);
        assertThat(every.finals()).hasSize(finals);
    }

    private static Explored explore(String name, Semantics semantics, Strategy strategy) {
        return explore(name, semantics, strategy, Limits.NONE);
    }

    private static Explored explore(String name, Semantics semantics, Strategy strategy, Limits limits) {
        try (MachineWorld world = new MachineWorld(scene(name), semantics)) {
            return strategy.explore(world, limits);
        }
    }

    private static Scene scene(String name) {
        return Scenes.named(name).orElseThrow();
    }

    @Test
    void everyRunThatIsDrawnIsAmongThoseThatWereExplored() {
        final Explored all = explore("one-head-short", Semantics.PER_PAIR_FIFO, DynamicReduction.full());
        final Explored drawn = explore("one-head-short", Semantics.PER_PAIR_FIFO, new RandomWalk(1), FEW);

        assertThat(drawn.runs()).isEqualTo(200);
        assertThat(drawn.traces()).isEqualTo(all.traces());
        assertThat(drawn.finals().keySet()).isEqualTo(all.finals().keySet());
    }

    /** The skb that the interrupt frees can overtake what its sending depends on only between JVMs. */
    @Test
    void weakerSemanticsAllowMoreRunsAndTraces() {
        final Explored instant = explore("interrupt-while-suspended", Semantics.INSTANT, DynamicReduction.none());
        final Explored causal = explore("interrupt-while-suspended", Semantics.LOCAL_CAUSAL, DynamicReduction.none());
        final Explored pairs = explore("interrupt-while-suspended", Semantics.PER_PAIR_FIFO, DynamicReduction.none());

        assertThat(instant.runs()).isEqualTo(1503);
        assertThat(causal.runs()).isEqualTo(2630);
        assertThat(pairs.runs()).isEqualTo(2640);
        assertThat(instant.traces()).isEqualTo(6);
        assertThat(causal.traces()).isEqualTo(6);
        assertThat(pairs.traces()).isEqualTo(7);
        assertThat(causal.finals().keySet()).containsAll(instant.finals().keySet());
        assertThat(pairs.finals().keySet()).containsAll(causal.finals().keySet());
    }
}
