package headcache.workload.conform;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mismatches: how many of each check, and the first one in the recording's order. */
final class Findings {
    private static final Comparator<Mismatch> BY_ROW =
            Comparator.comparingInt(Mismatch::row).thenComparing(Mismatch::check);

    private final long[] counts = new long[Check.values().length];
    private final @Nullable Mismatch[] first = new Mismatch[counts.length];

    /** Whether the next mismatch of {@code check}, which comes in the order of rows, would be the first. */
    boolean isFirst(Check check) {
        return counts[check.ordinal()] == 0;
    }

    /** Counts a mismatch of which the details are not needed. */
    void addUntold(Check check) {
        counts[check.ordinal()]++;
    }

    void add(Mismatch mismatch) {
        add(mismatch, 1);
    }

    void add(Mismatch mismatch, long howMany) {
        final int check = mismatch.check().ordinal();
        counts[check] += howMany;
        keepFirst(check, mismatch);
    }

    void addAll(Findings others) {
        for (int check = 0; check < counts.length; check++) {
            counts[check] += others.counts[check];
            keepFirst(check, others.first[check]);
        }
    }

    /** How many mismatches of {@code check} there are. */
    long count(Check check) {
        return counts[check.ordinal()];
    }

    /** The first mismatch of all checks. */
    Optional<Mismatch> first() {
        Mismatch earliest = null;
        for (final Mismatch mismatch : first) {
            if (mismatch != null && (earliest == null || BY_ROW.compare(mismatch, earliest) < 0)) {
                earliest = mismatch;
            }
        }
        return Optional.ofNullable(earliest);
    }

    private void keepFirst(int check, @Nullable Mismatch mismatch) {
        final Mismatch known = first[check];
        if (mismatch != null && (known == null || mismatch.row() < known.row())) {
            first[check] = mismatch;
        }
    }
}
