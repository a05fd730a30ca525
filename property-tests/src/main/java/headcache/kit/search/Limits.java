package headcache.kit.search;

import java.time.Duration;

/**
 * When a search stops although it is not complete.
 *
 * @param runs the most runs
 * @param steps the most deliveries of one run; a run that is longer is cut and counted
 * @param time the longest time
 */
public record Limits(long runs, int steps, Duration time) {
    /** Practically none, but for runs that never end. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, 10_000, Duration.ofDays(1));

    /** These with another number of runs. */
    public Limits withRuns(long most) {
        return new Limits(most, steps, time);
    }

    /** These with another time. */
    public Limits withTime(Duration longest) {
        return new Limits(runs, steps, longest);
    }
}
