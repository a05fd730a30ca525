package headcache.kit.control;

import akka.actor.Cancellable;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one actor, in the order in which they are due; those that are due at the same time in the order in
 * which they were set. Time passes when one of them fires, and only for this actor: clocks of different actors are not
 * compared, as those of different machines should not be.
 */
final class Timers {
    /** The period of a timer that fires once. */
    static final long ONCE = 0;

    private final TreeSet<Timer> waiting = new TreeSet<>();
    private final Runnable changed;
    private long now;
    private long set;

    /** {@code changed} is told when a timer was set, cancelled or has fired. */
    Timers(Runnable changed) {
        this.changed = changed;
    }

    private final class Timer implements Cancellable, Comparable<Timer> {
        private final long number = set++;
        private final long period;
        private final Runnable task;
        private long due;
        private boolean over;

        Timer(long due, long period, Runnable task) {
            this.due = due;
            this.period = period;
            this.task = task;
        }

        @Override
        public boolean cancel() {
            final boolean before = !over;
            over = true;
            waiting.remove(this);
            changed.run();
            return before;
        }

        @Override
        public boolean isCancelled() {
            return over;
        }

        @Override
        public int compareTo(Timer other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
        }
    }

    /** Sets a timer {@code delay} from now; with a period other than {@link #ONCE} it is set again whenever it fires. */
    Cancellable set(long delay, long period, Runnable task) {
        final Timer timer = new Timer(now + delay, period, task);
        waiting.add(timer);
        changed.run();
        return timer;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes the timer that is due first; what it does, or null if there is none. */
    @Nullable
    Runnable fire() {
        final Timer first = waiting.pollFirst();
        if (first == null) {
            return null;
        }
        now = first.due;
        if (first.period == ONCE) {
            first.over = true;
        } else {
            first.due = now + first.period;
            waiting.add(first);
        }
        changed.run();
        return first.task;
    }
}
