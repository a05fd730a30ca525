package headcache.verify.tla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.kit.search.StatefulSearch;
import headcache.kit.state.StateSearch;
import headcache.verify.scene.MachineCast;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.Scene;
import headcache.verify.scene.Scenes;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The specification in TLA+, the steps and the actors have the same states, one by one, and end in the same ones.
 *
 * <p>Nothing is left out on any side: the specification is as fine as what the steps encode.
 */
final class EnginesTest {
    private static final int WORKERS = 2;

    @ParameterizedTest
    @CsvSource({
        "one-head-short,            89,   2",
        "refill-races-spill,        470,  4",
        "offline-during-refill,     526,  7",
        "lend-to-each-other,        216,  3",
        "task-beside-softirq,       183,  2",
        "interrupt-while-suspended, 90,   2",
        "spills-in-flight,          2074, 2",
        "ring-of-three,             1557, 15",
        "two-each-way,              6140, 14",
        "hand-over-in-a-ring,       1358, 6",
        "task-wants-one-of-four,    411,  3",
        "page-lent-in-part,         2990, 10"
    })
    void specificationAndStepsAndActorsHaveTheSameStates(String name, long states, int ends, @TempDir Path directory) {
        final Scene scene = scene(name);
        final Tlc.Result specification = Tlc.check(scene, WORKERS, directory);
        final StateSearch.Reached steps =
                StateSearch.of(new MachineCast(scene)).withLimit(states).run();
        final Set<Object> endsOfActors = new HashSet<>();
        final StatefulSearch.Seen actors;
        try (MachineWorld world = new MachineWorld(scene, Semantics.PER_PAIR_FIFO)) {
            actors = StatefulSearch.of(watched(world, () -> endsOfActors.add(end(scene, world))), world::key, states);
        }

        assertThat(specification.states()).isEqualTo(states);
        assertThat(steps.states()).isEqualTo(states);
        assertThat(actors.states()).isEqualTo(states);
        assertThat(actors.failure()).isNull();
        assertThat(actors.deliveries()).isEqualTo(steps.deliveries());
        assertThat(specification.generated()).isEqualTo(steps.deliveries() + 1 + ends);
        assertThat(specification.ends()).hasSize(ends).isEqualTo(endsOfActors);
        assertThat(steps.finals()).hasSize(ends).isEqualTo(actors.finals());
    }

    /**
     * Too many states for the search over actors; their final states come from a search of all their runs. TLC counts
     * without invariants. It is the scene memory-for-two-of-three without the last put of each CPU.
     */
    @Test
    void specificationAndStepsAndActorsHaveTheSameStatesAboveAHundredThousand(@TempDir Path directory) {
        final List<Integer> withoutLast = List.of(0, 1, 2);
        final Scene scene = scene("memory-for-two-of-three").keeping(List.of(withoutLast, withoutLast, withoutLast));
        final Tlc.Result specification = Tlc.count(scene, WORKERS, directory);
        final StateSearch.Reached steps =
                StateSearch.of(new MachineCast(scene)).withThreads(WORKERS).run();
        final Set<Object> endsOfActors = new HashSet<>();
        final Explored actors;
        try (MachineWorld world = new MachineWorld(scene, Semantics.PER_PAIR_FIFO)) {
            actors = DynamicReduction.full()
                    .explore(watched(world, () -> endsOfActors.add(end(scene, world))), Limits.NONE);
        }

        assertThat(specification.states()).isEqualTo(120_706);
        assertThat(steps.states()).isEqualTo(120_706);
        assertThat(steps.deliveries()).isEqualTo(476_544);
        assertThat(specification.generated()).isEqualTo(steps.deliveries() + 1 + 54);
        assertThat(specification.ends()).hasSize(54).isEqualTo(endsOfActors);
        assertThat(steps.finals()).hasSize(54).isEqualTo(actors.finals().keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "stolen-head, cpu-0 attach DST s0",
        "twin-in-gro, cpu-0 alloc_skb_fclone s1",
    })
    void whatTheSpecificationLeavesOutIsRefusedByName(String name, String command) {
        assertThatThrownBy(() -> ModelWriter.module("Model", scene(name)))
                .hasMessage("HeadCache.tla leaves out the command \"" + command + "\": scene=" + name);
    }

    /** {@code world}, and {@code atEnd} is run whenever its state is asked for and nothing is left to deliver. */
    private static World watched(World world, Runnable atEnd) {
        return (World) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {World.class}, (self, call, args) -> {
                    if (call.getName().equals("state") && world.enabled().isEmpty()) {
                        atEnd.run();
                    }
                    return call.invoke(world, args);
                });
    }

    private static String end(Scene scene, MachineWorld world) {
        return EndState.of(world, scene.machine().heads());
    }

    private static Scene scene(String name) {
        return Stream.concat(Scenes.ALL.stream(), PageScenes.ALL.stream())
                .filter(scene -> scene.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
