package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.state.StateSearch;
import headcache.kit.state.TraceCount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every order of messages of CPUs that hand back what others allocated, on the actors and in the second engine. */
final class DeferScenesTest {

    /** Scenario, states, traces, final states. */
    @ParameterizedTest
    @CsvSource({
        "read-elsewhere, 1113, 876, 3",
        "list-is-full, 4431, 1046, 3",
        "list-again, 563, 193, 2",
        "softirq-is-due, 33080, 26472, 10",
        "held-on-a-list, 563, 214, 4",
        "offline-with-a-list, 1130, 268, 8",
        "each-others-lists, 1873, 1724, 8",
        "aliens-consumed, 1104, 1010, 6",
        "aliens-refused, 1265, 1662, 5",
        "task-peeks, 295, 30, 2",
        "task-peeks-offline, 280, 21, 5"
    })
    void allOrdersHold(String name, long states, long traces, int finals) {
        final Scene scene = DeferScenes.ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        final StateSearch.Reached reached =
                StateSearch.of(new MachineCast(scene)).run();
        final Explored explored;
        try (MachineWorld world = new MachineWorld(scene, Semantics.PER_PAIR_FIFO)) {
            explored = DynamicReduction.full().explore(world, Limits.NONE);
        }

        assertThat(explored.mustHold().runs()).isEqualTo(traces);
        assertThat(explored.finals()).hasSize(finals);
        assertThat(TraceCount.of(new MachineCast(scene))).isEqualTo(traces);
        assertThat(reached.complete()).isTrue();
        assertThat(reached.states()).isEqualTo(states);
        assertThat(reached.finals()).isEqualTo(explored.finals().keySet());
    }
}
