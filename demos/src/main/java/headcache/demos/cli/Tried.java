package headcache.demos.cli;

import headcache.kit.search.DelayBound;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.PartialOrderSampling;
import headcache.kit.search.RandomWalk;
import headcache.kit.search.Strategy;
import headcache.kit.search.WakeupTrees;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which runs {@code check} tries. */
enum Tried {
    /** One of each class of runs that differ only in the order of independent deliveries. */
    REDUCED,
    /** The same without wakeup trees, so that some runs are begun in vain. */
    SOURCE,
    /** The same by sleep sets alone, so that more are. */
    SLEEP,
    /** Every run. */
    EVERY,
    /** Runs drawn at random. */
    RANDOM,
    /** Runs drawn by random priorities of what waits. */
    POS,
    /** Runs with few delays of a fixed scheduler. */
    DELAYS;

    /** The search, with a seed and a bound for those that need them. */
    Strategy strategy(final long seed, final int bound) {
        return switch (this) {
            case REDUCED -> new WakeupTrees();
            case SOURCE -> new DynamicReduction(true, true);
            case SLEEP -> new DynamicReduction(false, true);
            case EVERY -> DynamicReduction.none();
            case RANDOM -> new RandomWalk(seed);
            case POS -> new PartialOrderSampling(seed);
            case DELAYS -> new DelayBound(bound);
        };
    }

    /** Whether it holds only where deliveries to different actors are independent. */
    boolean reduces() {
        return this == REDUCED || this == SOURCE || this == SLEEP;
    }

    /** What people type. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people can type. */
    static String labels() {
        return Arrays.stream(values()).map(Tried::label).collect(Collectors.joining(", "));
    }
}
