package headcache.verify.scene;

import headcache.kit.Semantics;
import headcache.kit.search.Found;
import headcache.kit.shrink.Shrinker;
import headcache.kit.shrink.Shrunk;
import headcache.step.HeadMisuse;

/** Makes a run of a scene that goes wrong as small as it can be: fewest commands, then context switches, then deliveries. */
public final class SceneShrinker {
    private SceneShrinker() {}

    /** Shrinks {@code scene}, in which {@code found} was found. */
    public static Shrunk<SceneCase> shrink(Scene scene, Semantics semantics, Found found) {
        try (SceneHost<SceneCase> host = new SceneHost<>(SceneCase::scene)) {
            return new Shrinker<>(host, semantics).shrink(SceneCase.of(scene), found.names());
        }
    }

    /** What tells one way to go wrong from another: the invariant, the rule of misuse, or the kind of exception. */
    public static String rule(Throwable cause) {
        if (cause instanceof ViolationException violation) {
            return violation.invariant().name();
        }
        return cause instanceof HeadMisuse misuse
                ? misuse.rule().name()
                : cause.getClass().getName();
    }
}
