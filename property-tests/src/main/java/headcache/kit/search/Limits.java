package headcache.kit.search;

import java.time.Duration;

/**
 * When a search stops although it is not complete, and who hears of it meanwhile.
 *
 * @param runs the most runs
 * @param steps the most deliveries of one run; a run that is longer is cut and counted
 * @param time the longest time
 * @param progress is told a few times in a second how far the search has come
 */
public record Limits(long runs, int steps, Duration time, Progress progress) {
    /** Practically none, but for runs that never end. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, 10_000, Duration.ofDays(1), Progress.NONE);

    /** These with another number of runs. */
    public Limits withRuns(long most) {
        return new Limits(most, steps, time, progress);
    }

    /** These with another time. */
    public Limits withTime(Duration longest) {
        return new Limits(runs, steps, longest, progress);
    }

    /** These with somebody else who is told. */
    public Limits withProgress(Progress told) {
        return new Limits(runs, steps, time, told);
    }
}
