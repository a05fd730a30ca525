package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Semantics;
import headcache.kit.run.Difference;
import headcache.kit.run.Follower;
import headcache.kit.run.Recording;
import headcache.kit.run.Trail;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Actors that stay from run to run do in each what they do when they were just booted. */
final class MachineWorldTest {
    private static final int RUNS = 40;

    @ParameterizedTest
    @ValueSource(strings = {"two-each-way", "ring-of-three-with-tasks", "faults-among-three", "twin-in-gro"})
    void aRunDoesNotDependOnThoseBeforeIt(String name) {
        compare(Scenes.named(name).orElseThrow(), Semantics.PER_PAIR_FIFO);
    }

    @ParameterizedTest
    @EnumSource(Semantics.class)
    void norDoesWhatCanBeDelivered(Semantics semantics) {
        compare(Scenes.named("offline-among-three").orElseThrow(), semantics);
    }

    @ParameterizedTest
    @EnumSource(Scene.Audited.class)
    void norDoesAnAudit(Scene.Audited audited) {
        compare(Scenes.named("lend-to-each-other").orElseThrow().with(audited), Semantics.PER_PAIR_FIFO);
    }

    private static void compare(Scene scene, Semantics semantics) {
        try (MachineWorld stays = new MachineWorld(scene, semantics);
                MachineWorld booted = new MachineWorld(scene, semantics)) {
            final Follower follower = new Follower(stays);
            for (int seed = 0; seed < RUNS; seed++) {
                final Trail drawn = follower.drawn(seed);
                assertThat(drawn.cause()).isNull();
                final Recording again = Recording.toTheEnd(stays, drawn.names());
                booted.assume(semantics);
                final Recording first = Recording.toTheEnd(booted, drawn.names());
                assertThat(Difference.between(again, first)).isEmpty();
                assertThat(again.trail()).isEqualTo(first.trail());
            }
        }
    }
}
