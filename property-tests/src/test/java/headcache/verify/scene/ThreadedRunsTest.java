package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens on real threads is among what is explored with the order of one JVM. */
final class ThreadedRunsTest {
    private static final int RUNS = 2_000;

    /** Scenario, how many commands of each driver are kept, all runs with causal order, all ends of them. */
    @ParameterizedTest
    @CsvSource({
        "one-head-short,            2, 3432,  2",
        "refill-races-spill,        1, 60,    2",
        "offline-during-refill,     2, 6147,  3",
        "lend-to-each-other,        1, 10604, 3",
        "task-beside-softirq,       2, 11440, 2",
        "interrupt-while-suspended, 2, 2630,  2"
    })
    void endsAreAmongThoseOfCausalOrder(String name, int commands, long runs, int ends) {
        final Scene whole = Scenes.named(name).orElseThrow();
        final Scene scene = whole.keeping(whole.places().stream()
                .map(places -> places.subList(0, Math.min(commands, places.size())))
                .toList());
        final Explored causal = explore(scene);
        final Set<Object> seen = new HashSet<>();
        try (ThreadedScene threaded = new ThreadedScene(scene)) {
            for (int i = 0; i < RUNS; i++) {
                seen.add(threaded.run());
            }
        }

        assertThat(causal.complete()).isTrue();
        assertThat(causal.runs()).isEqualTo(runs);
        assertThat(causal.finals()).hasSize(ends);
        assertThat(seen).isNotEmpty();
        assertThat(causal.finals().keySet()).containsAll(seen);
    }

    private static Explored explore(Scene scene) {
        try (MachineWorld world = new MachineWorld(scene, Semantics.LOCAL_CAUSAL)) {
            return DynamicReduction.none().explore(world, Limits.NONE);
        }
    }
}
