package headcache.metrics;

import headcache.cpu.CpuStep;
import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.Arrays;

/**
 * The fewest contacts that any cache of a given capacity could have had with what it was asked: the baseline that knows
 * the future.
 *
 * <p>A CPU's gets and puts are a walk, one step down for a get, or for a head that a task on it was given, and one up for
 * a put. Between two contacts the cache takes
 * the walk as it comes, so the walk must stay within as many levels as the cache has room for; and a contact can set the
 * cache to any level. So the fewest contacts are had by going on until the walk leaves that range, and only then making a
 * contact. The cache begins empty.
 */
public final class LeastContacts implements Tap {
    private final Walk[] walks;

    /** Watches the first {@code cpus} CPUs of a machine, for caches of {@code capacity} heads. */
    public LeastContacts(int cpus, int capacity) {
        walks = new Walk[cpus];
        Arrays.setAll(walks, cpu -> new Walk(capacity));
    }

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        if (state instanceof CpuStep cpu) {
            final Walk walk = walks[cpu.id().index()];
            for (int i = 0; i < events.size(); i++) {
                final EventKind kind = events.kind(i);
                if (kind == EventKind.GET || kind == EventKind.PEEKED || kind == EventKind.SHORTFALL) {
                    walk.step(-1);
                } else if (kind == EventKind.PUT) {
                    walk.step(1);
                }
            }
        }
    }

    /** The fewest contacts of all CPUs together, of the gets and puts seen. */
    public long count() {
        return Arrays.stream(walks).mapToLong(Walk::contacts).sum();
    }

    /** What one CPU was asked, as levels. */
    static final class Walk {
        private final int capacity;
        private int level;
        private int lowest;
        private int highest;
        private boolean anchored = true;
        private long contacts;

        Walk(int capacity) {
            this.capacity = capacity;
        }

        long contacts() {
            return contacts;
        }

        void step(int by) {
            final int next = level + by;
            final int low = Math.min(lowest, next);
            final int high = Math.max(highest, next);
            final boolean fits = anchored ? low >= 0 && high <= capacity : high - low <= capacity;
            if (fits) {
                lowest = low;
                highest = high;
            } else {
                anchored = false;
                contacts++;
                lowest = Math.min(level, next);
                highest = Math.max(level, next);
            }
            level = next;
        }
    }
}
