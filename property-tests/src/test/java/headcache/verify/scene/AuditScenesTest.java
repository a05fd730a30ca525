package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.state.StateSearch;
import headcache.kit.state.TraceCount;
import headcache.verify.scene.Scene.Audited;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In every run of each audited scene the cut adds up, and all ways of counting agree on the runs. */
final class AuditScenesTest {

    /** Scenario, who collects, states, traces, final states, which tell different cuts apart. */
    @ParameterizedTest
    @CsvSource({
        "audit-amid-refill-and-spill, READ,      1914,  222,   11",
        "audit-amid-backlog,          READ,      327,   51,    10",
        "audit-amid-backlog,          COLLECTED, 1413,  426,   11",
        "audit-amid-lending,          READ,      892,   66,    6",
        "audit-amid-lending,          COLLECTED, 4451,  4944,  7",
        "audit-amid-hand-over,        READ,      5827,  999,   13",
        "audit-amid-ring,             READ,      52620, 36754, 17"
    })
    void theCutAddsUpInEveryRunOfTheActors(String name, Audited audited, long states, long traces, int finals) {
        final Scene scene = scene(name).with(audited);
        final StateSearch.Reached reached = reached(scene);
        final Explored explored;
        try (MachineWorld world = new MachineWorld(scene, Semantics.PER_PAIR_FIFO)) {
            explored = DynamicReduction.full().explore(world, Limits.NONE);
        }

        assertThat(explored.mustHold().runs()).isEqualTo(traces);
        assertThat(explored.traces()).isEqualTo(traces);
        assertThat(explored.finals()).hasSize(finals);
        assertThat(reached.states()).isEqualTo(states);
        assertThat(reached.finals()).isEqualTo(explored.finals().keySet());
        assertThat(TraceCount.of(new MachineCast(scene))).isEqualTo(traces);
    }

    /** Scenes with more runs than are worth the time; of the states, each is seen. */
    @ParameterizedTest
    @CsvSource({"audit-amid-lending-of-three,   99345,  38373,  8", "audit-amid-hand-over-of-three, 165585, 101214, 22"
    })
    void theCutAddsUpInEveryState(String name, long states, long traces, int finals) {
        final StateSearch.Reached reached = reached(scene(name));

        assertThat(reached.states()).isEqualTo(states);
        assertThat(reached.finals()).hasSize(finals);
        assertThat(TraceCount.of(new MachineCast(scene(name)))).isEqualTo(traces);
    }

    private static StateSearch.Reached reached(Scene scene) {
        final MachineCast cast = new MachineCast(scene);
        final StateSearch.Reached reached =
                StateSearch.of(cast).withLaw(cast.cutAddsUp()).run();
        assertThat(reached.broken()).isNull();
        assertThat(reached.complete()).isTrue();
        return reached;
    }

    private static Scene scene(String name) {
        return Scenes.named(name).orElseThrow();
    }
}
