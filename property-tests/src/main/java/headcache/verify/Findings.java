package headcache.verify;

import java.util.ArrayList;
import java.util.List;

/** The violations that were found: the first ones, and how many there were. */
final class Findings {
    /** Violations kept; what comes later is most often the same one again. */
    static final int KEPT = 100;

    private final Now now;
    private final List<Violation> first = new ArrayList<>();
    private long count;

    Findings(Now now) {
        this.now = now;
    }

    void add(Invariant invariant, int head, String facts) {
        count++;
        if (first.size() < KEPT) {
            first.add(new Violation(invariant, head, now.number, facts));
        }
    }

    List<Violation> first() {
        return List.copyOf(first);
    }

    long count() {
        return count;
    }
}
