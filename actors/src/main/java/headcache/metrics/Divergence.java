package headcache.metrics;

import headcache.workload.RunOptions;
import headcache.workload.Workload;
import java.util.Optional;

/**
 * Where two runs of the same work part: the first operation whose head comes from another kind of place, or goes to
 * another, whether cache, bulk call or slab. How many heads a bulk call moves is no difference by itself; it makes one soon.
 *
 * <p>Up to there both runs do the same in the same order. From there on each has its own order, and its own count of
 * operations. An operation that waits for the slab comes later in the order than one that does not, so what parts them may
 * be further on in one of the runs.
 *
 * @param first one run
 * @param second the other
 * @param place how many operations are the same
 * @param placeInFirst the place of the operation that parts them, in the first run
 * @param placeInSecond its place in the second
 */
public record Divergence(Operations first, Operations second, int place, int placeInFirst, int placeInSecond) {

    /** Finds where {@code first} and {@code second} part. */
    public static Divergence of(Operations first, Operations second) {
        final int both = Math.min(first.kept(), second.kept());
        int place = 0;
        while (place < both && first.isSame(place, second, place)) {
            place++;
        }
        if (place < both) {
            final int inSecond = second.next(place, first, place);
            if (inSecond < second.kept() && !first.isSame(place, second, inSecond)) {
                return new Divergence(first, second, place, place, inSecond);
            }
            return new Divergence(first, second, place, first.next(place, second, place), place);
        }
        return new Divergence(first, second, place, place, place);
    }

    /**
     * Runs {@code workload} and keeps its operations; the tap of {@code options} watches too.
     *
     * @throws IllegalArgumentException if it would be run on more than one thread
     * @throws headcache.machine.RunningMachine.MachineFailure if an actor crashed
     */
    public static Operations run(Workload workload, RunOptions options) {
        if (!options.threads().deterministic()) {
            throw new IllegalArgumentException(
                    "operations have an order on one thread only: threads=" + options.threads());
        }
        final Operations operations =
                new Operations(options.machineFor(workload).cpus());
        Figures.of(workload, options.with(operations.before(options.tap())));
        return operations;
    }

    /** Whether the runs part at all, in the operations that are kept. */
    public boolean isThere() {
        return place < Math.max(first.kept(), second.kept());
    }

    /** What the first run did there, unless it had ended. */
    public Optional<Operation> inFirst() {
        return at(first, placeInFirst);
    }

    /** What the second run did there, unless it had ended. */
    public Optional<Operation> inSecond() {
        return at(second, placeInSecond);
    }

    private static Optional<Operation> at(Operations run, int place) {
        return place < run.kept() ? Optional.of(run.at(place)) : Optional.empty();
    }

    /** Contacts of {@code run} in the {@code operations} operations that begin with the one at which they part. */
    public long contactsWithin(Operations run, int operations) {
        return run.contacts(place, place + operations);
    }

    /** Contacts of {@code run} from the operation on at which they part. */
    public long contactsAfter(Operations run) {
        return run.contacts() - run.contacts(0, place);
    }
}
