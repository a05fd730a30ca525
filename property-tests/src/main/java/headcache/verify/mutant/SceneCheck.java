package headcache.verify.mutant;

import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneShrinker;
import java.time.Duration;
import java.util.Objects;

/** Looks for a bug in a scene: the real actors under every order of messages. */
record SceneCheck(Scene scene) implements Check {
    private static final Semantics ORDERS = Semantics.PER_PAIR_FIFO;

    @Override
    public String name() {
        return scene.name();
    }

    @Override
    public Look look(Duration time) {
        try (MachineWorld world = new MachineWorld(scene, ORDERS)) {
            final Explored explored = DynamicReduction.full().explore(world, Limits.NONE.withTime(time));
            final Found found = explored.found();
            final long runs = explored.runs() + explored.blocked() + explored.cut();
            return found == null
                    ? new Look(runs, explored.complete(), null)
                    : new Look(runs + 1, true, new Wrong(scene, found));
        }
    }

    private record Wrong(Scene scene, Found found) implements Catch {
        @Override
        public String rule() {
            return SceneShrinker.rule(found.cause());
        }

        @Override
        public String facts() {
            return Objects.requireNonNullElse(
                    found.cause().getMessage(), found.cause().toString());
        }

        @Override
        public int shrink() {
            return SceneShrinker.shrink(scene, ORDERS, found).found().names().size();
        }
    }
}
