package headcache.verify.scene;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.call;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Semantics;
import headcache.kit.run.Follower;
import headcache.kit.run.Misfit;
import headcache.kit.run.Trail;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.shrink.Shrunk;
import headcache.kit.shrink.Survival;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.WayOut;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A bug of the kernel's own history, buried among commands that have nothing to do with it, is dug out. */
final class SceneShrinkerTest {
    private static final Scene STOLEN_HEAD_KEEPS_CONNTRACK = Scenes.unfixed(new Scene(
            "conntrack",
            "Before its fix, a stolen head took its connection tracking reference along.",
            machine(2, 1, cache(2, 1, 1), pages(2, 2)),
            List.of(
                    List.of(
                            get(CPU0, 0),
                            get(CPU0, 1),
                            call(CPU0, new Op.Attach(0, Held.DST)),
                            call(CPU0, new Op.Attach(0, Held.CONNTRACK)),
                            put(CPU0, 1),
                            call(CPU0, Op.release(WayOut.GRO_STOLEN_HEAD, 0))),
                    List.of(get(CPU1, 0), put(CPU1, 0)))));

    @Test
    void leavesOnlyWhatIsNeeded() {
        final Found found = found(STOLEN_HEAD_KEEPS_CONNTRACK);
        final Shrunk<SceneCase> shrunk =
                SceneShrinker.shrink(STOLEN_HEAD_KEEPS_CONNTRACK, Semantics.PER_PAIR_FIFO, found);

        assertThat(shrunk.rule()).isEqualTo("I6");
        assertThat(shrunk.subject().scene().commands())
                .containsExactly(
                        "driver-0 tells cpu-0 napi_build_skb s0",
                        "driver-0 tells cpu-0 attach CONNTRACK s0",
                        "driver-0 tells cpu-0 napi_skb_free_stolen_head s0");
        assertThat(shrunk.subject().kept()).containsExactly(List.of(0, 3, 5), List.of());
        assertThat(shrunk.found().names())
                .containsExactly(
                        "start -> driver-0",
                        "driver-0 -> cpu-0",
                        "cpu-0 -> node-0",
                        "node-0 -> cpu-0",
                        "cpu-0 -> driver-0",
                        "driver-0 -> cpu-0",
                        "cpu-0 -> driver-0",
                        "driver-0 -> cpu-0");
        assertThat(shrunk.found().recording().trail().switches()).isEmpty();
        assertThat(shrunk.candidates()).isEqualTo(3 + 8);
        assertThat(shrunk.isMinimal()).isTrue();
        assertThat(shrunk.survival()).isEqualTo(Survival.AS_IT_IS);
    }

    @Test
    void whatWasFoundIsFoundAgainByItsNames() {
        final Found found = found(STOLEN_HEAD_KEEPS_CONNTRACK);

        try (MachineWorld world = new MachineWorld(STOLEN_HEAD_KEEPS_CONNTRACK, Semantics.PER_PAIR_FIFO)) {
            for (int time = 0; time < 2; time++) {
                final Trail again = new Follower(world).follow(found.names());
                assertThat(again.misfits()).isEmpty();
                assertThat(again.names()).isEqualTo(found.names());
                assertThat(Objects.requireNonNull(again.cause()).getMessage())
                        .isEqualTo(found.cause().getMessage());
            }
        }
    }

    @Test
    void aRunThatNoLongerFitsGoesAsFarAsItFits() {
        try (MachineWorld world = new MachineWorld(STOLEN_HEAD_KEEPS_CONNTRACK, Semantics.PER_PAIR_FIFO)) {
            final Trail trail =
                    new Follower(world).follow(List.of("start -> driver-0", "cpu-7 -> node-0", "driver-0 -> cpu-0"));

            assertThat(trail.names()).containsExactly("start -> driver-0", "driver-0 -> cpu-0");
            assertThat(trail.misfits())
                    .containsExactly(
                            new Misfit(1, "cpu-7 -> node-0", List.of("driver-0 -> cpu-0", "start -> driver-1")));
            assertThat(trail.cause()).isNull();
        }
    }

    private static Found found(Scene scene) {
        try (MachineWorld world = new MachineWorld(scene, Semantics.PER_PAIR_FIFO)) {
            return Objects.requireNonNull(
                    DynamicReduction.full().explore(world, Limits.NONE).found());
        }
    }
}
