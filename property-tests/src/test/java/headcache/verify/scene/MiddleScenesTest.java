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

/** Every order of messages of CPUs with something between them and the slabs, on the actors and in the second engine. */
final class MiddleScenesTest {

    /** Scenario, states, traces, final states. */
    @ParameterizedTest
    @CsvSource({
        "magazines-one-way, 390, 38, 5",
        "magazines-reaped, 3370, 1138, 13",
        "sheaves-barn-full, 2580, 1936, 8",
        "sheaves-two-nodes, 1945, 1450, 3",
        "batches-one-way, 570, 189, 4",
        "batches-cross, 4472, 9432, 14",
        "batches-owner-offline, 1146, 246, 12"
    })
    void allOrdersHold(String name, long states, long traces, int finals) {
        final Scene scene = MiddleScenes.ALL.stream()
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
