package headcache.kit.control;

import akka.actor.Cancellable;
import akka.actor.Scheduler;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Virtual time: what an actor schedules becomes a choice of the controller's. Akka makes it. */
public final class VirtualScheduler implements Scheduler {
    private static final double MAX_FREQUENCY = 1e6;

    private final Controller controller;

    /** Called by Akka. */
    public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        controller = Controller.named(config);
    }

    @Override
    @SuppressWarnings("deprecation") // every scheduler has to offer it still
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        return controller.schedule(initialDelay.toNanos(), interval.toNanos(), task);
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        return controller.schedule(delay.toNanos(), Timers.ONCE, task);
    }

    @Override
    public double maxFrequency() {
        return MAX_FREQUENCY;
    }
}
