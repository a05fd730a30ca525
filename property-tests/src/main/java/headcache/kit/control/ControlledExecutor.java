package headcache.kit.control;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The executor of actors under control: it runs nothing by itself, but hands everything to the controller. */
final class ControlledExecutor extends AbstractExecutorService {
    private final Controller controller;
    private volatile boolean down;

    /** How Akka makes one, from the configuration. */
    public static final class Configurator extends ExecutorServiceConfigurator {
        private final ControlledExecutor executor;

        /** Called by Akka. */
        public Configurator(Config config, DispatcherPrerequisites prerequisites) {
            super(config, prerequisites);
            executor = new ControlledExecutor(
                    Controller.named(prerequisites.settings().config()));
        }

        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
            return () -> executor;
        }
    }

    private ControlledExecutor(Controller controller) {
        this.controller = controller;
    }

    @Override
    public void execute(Runnable task) {
        controller.ready(task);
    }

    @Override
    public void shutdown() {
        down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        down = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return down;
    }

    @Override
    public boolean isTerminated() {
        return down;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
