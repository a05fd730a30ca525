package headcache.kit.search;

import headcache.kit.World;
import headcache.kit.run.Difference;
import headcache.kit.run.HappensBefore;
import headcache.kit.run.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What a search counts while it goes on. */
final class Tally {
    private static final long INTERVAL_NANOS = 200_000_000;

    private final World world;
    private final Limits limits;
    private final long deadline;
    private final DoubleSupplier share;
    private long told;
    private final Map<Object, Long> finals = new HashMap<>();
    private final Set<Long> traces = new HashSet<>();
    private final Races races = new Races();
    private long runs;
    private long blocked;
    private long cut;
    private long deliveries;
    private int longest;
    private @Nullable Throwable unordered;
    private @Nullable List<String> first;
    private @Nullable Wrong wrong;

    /** A run in which something went wrong, as it was seen. */
    private record Wrong(List<String> names, Throwable cause) {}

    /** Counts runs of {@code world}; {@code share} tells which part of all runs was tried. */
    Tally(World world, Limits limits, DoubleSupplier share) {
        this.world = world;
        this.limits = limits;
        this.share = share;
        this.told = System.nanoTime();
        this.deadline = told + limits.time().toNanos();
    }

    /** The last delivery of {@code run} was made; what it touched must have been touched by others before it, or after. */
    void delivered(HappensBefore run) {
        deliveries++;
        if (unordered == null) {
            unordered = run.unordered(world);
        }
    }

    /** A run has come to its end; the world looks whether it is a good one. */
    void ended(HappensBefore run) {
        runs++;
        traces.add(run.trace());
        races.add(run);
        if (first == null) {
            first = names(run);
        }
        longest = Math.max(longest, run.length());
        world.ended();
        if (fails(run)) {
            return;
        }
        if (finals.merge(world.state(), 1L, Long::sum) == 1) {
            world.atRest();
            fails(run);
        }
    }

    void blocked(HappensBefore run) {
        blocked++;
        longest = Math.max(longest, run.length());
    }

    /** Whether the run must not go on; it is counted if so. */
    boolean cuts(HappensBefore run) {
        if (run.length() < limits.steps()) {
            return false;
        }
        cut++;
        longest = Math.max(longest, run.length());
        return true;
    }

    /** Whether something has gone wrong in the run, which is kept if so. */
    boolean fails(HappensBefore run) {
        final Throwable failure = world.failure();
        final Throwable cause = failure == null ? unordered : failure;
        if (cause == null) {
            return false;
        }
        wrong = new Wrong(names(run), cause);
        return true;
    }

    private List<String> names(HappensBefore run) {
        final List<String> names = new ArrayList<>();
        for (int step = 0; step < run.length(); step++) {
            names.add(world.name(run.channel(step)));
        }
        return List.copyOf(names);
    }

    /** Whether no further run may begin. */
    boolean isOver() {
        final long now = System.nanoTime();
        if (now - told > INTERVAL_NANOS) {
            told = now;
            limits.progress().at(runs, share.getAsDouble());
        }
        return wrong != null || runs + blocked + cut >= limits.runs() || now - deadline > 0;
    }

    Explored explored(boolean complete) {
        final Wrong seen = wrong;
        final Found found = seen == null ? null : Found.again(world, seen.names(), seen.cause());
        final Difference difference = found == null ? firstAgain() : null;
        return new Explored(
                runs,
                traces.size(),
                blocked,
                cut,
                deliveries,
                longest,
                Map.copyOf(finals),
                races.pairs(),
                races.both(),
                complete && cut == 0 && found == null && difference == null,
                complete ? 1 : share.getAsDouble(),
                difference,
                found);
    }

    /** Does the first run twice more; where the two differ, or null. */
    private @Nullable Difference firstAgain() {
        final List<String> names = first;
        return names == null
                ? null
                : Difference.between(Recording.of(world, names), Recording.of(world, names))
                        .orElse(null);
    }
}
