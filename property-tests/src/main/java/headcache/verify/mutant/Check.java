package headcache.verify.mutant;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One way to look for a bug. */
interface Check {

    /** What it is called: that of the scenario, or {@code programs}. */
    String name();

    /** Looks for a bug for at most {@code time}. */
    Look look(Duration time);

    /**
     * What came of it.
     *
     * @param runs how many runs were made, the one that went wrong included
     * @param complete whether nothing was left out for want of time
     * @param catches what went wrong, or null
     */
    record Look(long runs, boolean complete, @Nullable Catch catches) {}

    /** Something that went wrong. */
    interface Catch {

        /** The invariant, the rule of misuse, or the kind of exception. */
        String rule();

        /** What happened, for people. */
        String facts();

        /** Makes the run small, and says how many deliveries are left of it. */
        int shrink();
    }
}
