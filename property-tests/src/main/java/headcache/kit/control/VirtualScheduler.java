package headcache.kit.control;

import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * Virtual time: what is scheduled waits in the order in which it is due until it is told to run. Akka makes it.
 *
 * <p>Two that are due at the same time run in the order in which they were scheduled.
 */
public final class VirtualScheduler implements Scheduler {
    private static final double MAX_FREQUENCY = 1e6;

    private final TreeSet<Item> items = new TreeSet<>();
    private long now;
    private long scheduled;

    /** Called by Akka. */
    public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

    private final class Item implements Cancellable, Comparable<Item> {
        private final long number = scheduled++;
        private final long period;
        private final Runnable task;
        private final ExecutionContext executor;
        private long due;
        private boolean over;

        Item(long due, long period, Runnable task, ExecutionContext executor) {
            this.due = due;
            this.period = period;
            this.task = task;
            this.executor = executor;
        }

        @Override
        public boolean cancel() {
            synchronized (items) {
                final boolean before = !over;
                over = true;
                items.remove(this);
                return before;
            }
        }

        @Override
        public boolean isCancelled() {
            synchronized (items) {
                return over;
            }
        }

        @Override
        public int compareTo(Item other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
        }
    }

    /** Lets time pass until the next item is due, and hands it to its executor; whether there was one. */
    boolean fireNext() {
        final Item next;
        synchronized (items) {
            next = items.pollFirst();
            if (next == null) {
                return false;
            }
            now = Math.max(now, next.due);
            if (next.period > 0) {
                next.due = now + next.period;
                items.add(next);
            } else {
                next.over = true;
            }
        }
        next.executor.execute(next.task);
        return true;
    }

    private Cancellable add(FiniteDuration delay, long period, Runnable task, ExecutionContext executor) {
        synchronized (items) {
            final Item item = new Item(now + delay.toNanos(), period, task, executor);
            items.add(item);
            return item;
        }
    }

    @Override
    @SuppressWarnings("deprecation") // every scheduler has to offer it still
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        return add(initialDelay, interval.toNanos(), task, executor);
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        return add(delay, 0, task, executor);
    }

    @Override
    public double maxFrequency() {
        return MAX_FREQUENCY;
    }
}
