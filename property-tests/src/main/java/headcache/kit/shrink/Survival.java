package headcache.kit.shrink;

import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.run.Follower;
import headcache.kit.run.Trail;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;

/** Whether what goes wrong can go wrong inside one JVM too, where no message overtakes one that it depends on. */
public enum Survival {
    /** The very run is possible there. */
    AS_IT_IS("survives LOCAL_CAUSAL: this very run is possible inside one JVM"),
    /** Another run breaks the same rule there. */
    IN_ANOTHER_ORDER(
            "survives LOCAL_CAUSAL: inside one JVM this run is not possible, but another breaks the same rule"),
    /** No run breaks it there. */
    NO("does not survive LOCAL_CAUSAL: inside one JVM no run of this breaks the rule"),
    /** Not all runs were tried. */
    UNKNOWN("may not survive LOCAL_CAUSAL: inside one JVM this run is not possible, and not every other was tried"),
    /** No run was tried: the world cannot change what it assumes. */
    UNTRIED(
            "may not survive LOCAL_CAUSAL: nothing was tried, for this world cannot change what it assumes of messages");

    private final String words;

    Survival(String words) {
        this.words = words;
    }

    /** What it means, in one line. */
    public String words() {
        return words;
    }

    /**
     * Looks for a run in {@code world}, which is under {@link Semantics#LOCAL_CAUSAL} if it can be.
     *
     * @param found a run under other semantics
     * @param rule the rule that it breaks
     */
    static Survival in(World world, Found found, String rule, Limits limits) {
        if (world.semantics() != Semantics.LOCAL_CAUSAL) {
            return UNTRIED;
        }
        final Trail trail = new Follower(world).follow(found.names());
        final Throwable cause = trail.cause();
        if (trail.misfits().isEmpty() && cause != null && world.rule(cause).equals(rule)) {
            return AS_IT_IS;
        }
        final Explored explored = DynamicReduction.none().explore(world, limits);
        final Found other = explored.found();
        if (other == null) {
            return explored.complete() ? NO : UNKNOWN;
        }
        return world.rule(other.cause()).equals(rule) ? IN_ANOTHER_ORDER : UNKNOWN;
    }
}
