package headcache.verify.scene;

import headcache.kit.Semantics;
import headcache.kit.search.DelayBound;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.search.Strategy;
import headcache.step.HeadMisuse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a scene that goes wrong as small as it can be: takes out one command after the other as long as some order of
 * messages still breaks the same rule, until none can be taken out. Then it looks for the run with the fewest delays of
 * a scheduler that delivers the oldest message first.
 */
public final class SceneShrinker {
    private static final Limits EACH = Limits.NONE.withTime(Duration.ofSeconds(2));

    /** More delays than runs of small scenes need; each one more is tried only if fewer do not suffice. */
    private static final int DELAYS = 4;

    private final Semantics semantics;
    private final String rule;
    private int tried;
    private boolean minimal = true;

    /**
     * What is left.
     *
     * @param scene the scene with the commands that are needed
     * @param kept for each driver, which places of its script these were at
     * @param found a run of it in which the same rule is broken
     * @param tried how many smaller scenes were searched
     * @param isMinimal whether without any one command every run was tried and none went wrong; otherwise some search
     *     came to its limit, or to another rule that is broken
     */
    public record Shrunk(Scene scene, List<List<Integer>> kept, Found found, int tried, boolean isMinimal) {}

    private SceneShrinker(Semantics semantics, String rule) {
        this.semantics = semantics;
        this.rule = rule;
    }

    /** Shrinks {@code scene}, in which {@code found} was found. */
    public static Shrunk shrink(Scene scene, Semantics semantics, Found found) {
        return new SceneShrinker(semantics, rule(found.cause())).shrink(scene, found);
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

    private Shrunk shrink(Scene scene, Found found) {
        List<List<Integer>> kept = scene.places();
        Found run = found;
        int driver = 0;
        int command = 0;
        while (driver < kept.size()) {
            if (command == kept.get(driver).size()) {
                driver++;
                command = 0;
                continue;
            }
            final List<List<Integer>> fewer = without(kept, driver, command);
            final Found still = sameIn(scene.keeping(fewer), search());
            if (still == null) {
                command++;
            } else {
                kept = fewer;
                run = still;
                minimal = true;
                driver = 0;
                command = 0;
            }
        }
        final boolean isMinimal = minimal;
        final Scene smallest = scene.keeping(kept);
        final Found calmest = sameIn(smallest, new DelayBound(DELAYS));
        return new Shrunk(smallest, kept, calmest == null ? run : calmest, tried, isMinimal);
    }

    private Strategy search() {
        return semantics == Semantics.PER_PAIR_FIFO ? DynamicReduction.full() : DynamicReduction.none();
    }

    /** A run of {@code scene} in which the same rule is broken, or null. */
    private @Nullable Found sameIn(Scene scene, Strategy strategy) {
        tried++;
        try (MachineWorld world = new MachineWorld(scene, semantics)) {
            final Explored explored = strategy.explore(world, EACH);
            final Found found = explored.found();
            minimal &= explored.complete();
            return found != null && rule(found.cause()).equals(rule) ? found : null;
        }
    }

    private static List<List<Integer>> without(List<List<Integer>> kept, int driver, int command) {
        final List<List<Integer>> fewer = new ArrayList<>(kept);
        final List<Integer> script = new ArrayList<>(kept.get(driver));
        script.remove(command);
        fewer.set(driver, List.copyOf(script));
        return List.copyOf(fewer);
    }
}
