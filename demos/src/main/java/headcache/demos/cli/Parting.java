package headcache.demos.cli;

import headcache.metrics.Divergence;
import headcache.metrics.Operation;
import headcache.metrics.Operations;
import headcache.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is told of where two policies part on a workload: little, where the two runs have megabytes of operations.
 *
 * @param workload the work
 * @param isThere whether they part
 * @param same how many operations are the same
 * @param inFirst what the first policy did then, unless it had ended
 * @param inSecond what the second did
 * @param followed contacts after some numbers of operations, as far as the longer run goes
 * @param after contacts of the rest of both runs
 * @param unseen operations of the longer run that were not looked at
 */
record Parting(
        Workload workload,
        boolean isThere,
        int same,
        Optional<Operation> inFirst,
        Optional<Operation> inSecond,
        List<Contacts> followed,
        Contacts after,
        long unseen) {
    /** After how many operations what follows is told, and once more at the end. */
    static final List<Integer> AFTER = List.of(10, 100, 1000);

    /**
     * Contacts of both runs.
     *
     * @param within in how many operations
     * @param first of the first run
     * @param second of the second
     */
    record Contacts(long within, long first, long second) {}

    static Parting of(final Workload workload, final Divergence runs) {
        final Operations first = runs.first();
        final Operations second = runs.second();
        final int longest = Math.max(first.kept(), second.kept()) - runs.place();
        final List<Contacts> followed = new ArrayList<>();
        for (final int operations : AFTER) {
            if (operations < longest) {
                followed.add(new Contacts(
                        operations, runs.contactsWithin(first, operations), runs.contactsWithin(second, operations)));
            }
        }
        return new Parting(
                workload,
                runs.isThere(),
                runs.place(),
                runs.inFirst(),
                runs.inSecond(),
                List.copyOf(followed),
                new Contacts(longest, runs.contactsAfter(first), runs.contactsAfter(second)),
                Math.max(0, Math.max(first.count(), second.count()) - Operations.MOST));
    }

    /** What is told of the {@code operations} operations that follow, if both runs together are so long. */
    Optional<Contacts> within(final int operations) {
        return followed.stream().filter(some -> some.within() == operations).findFirst();
    }
}
