package headcache.kit.search;

import headcache.kit.World;
import headcache.kit.control.EscapeException;
import headcache.kit.report.Report;
import headcache.kit.run.Difference;
import headcache.kit.run.Recording;
import java.util.List;
import java.util.Optional;

/**
 * A run in which something went wrong. It has been done twice and compared, event by event.
 *
 * @param names which channel delivered, delivery by delivery
 * @param cause what went wrong
 * @param recording the run, done again and written down
 * @param difference where runs with the same deliveries differ; if they do, what went wrong is no verdict
 */
public record Found(List<String> names, Throwable cause, Recording recording, Optional<Difference> difference) {

    /**
     * Does the run of {@code names} twice.
     *
     * @throws IllegalArgumentException if nothing goes wrong in it
     */
    public static Found of(World world, List<String> names) {
        final Recording one = Recording.of(world, names);
        final Throwable cause = one.trail().cause();
        if (cause == null) {
            throw new IllegalArgumentException("nothing goes wrong in this run: deliveries=" + names.size());
        }
        return new Found(names, cause, one, Difference.between(one, Recording.of(world, names)));
    }

    /** Does a run twice more in which {@code cause} was seen. */
    static Found again(World world, List<String> names, Throwable cause) {
        final Recording one = Recording.of(world, names);
        final Optional<Difference> between = Difference.between(one, Recording.of(world, names));
        return new Found(names, cause, one, between.isPresent() ? between : Difference.between(cause, one));
    }

    /** Whether it can be relied on: the run can be repeated, or what went wrong is just what keeps it from that. */
    public boolean isVerdict() {
        return difference.isEmpty() || cause instanceof EscapeException;
    }

    /** What can be told of it. */
    public Report report() {
        final Report report = Report.of(recording);
        return difference.isEmpty()
                ? report
                : report.with("NO VERDICT  the same deliveries do not give the same run: " + difference.get());
    }

    /** What went wrong and how, for people. */
    @Override
    public String toString() {
        return report().text();
    }
}
