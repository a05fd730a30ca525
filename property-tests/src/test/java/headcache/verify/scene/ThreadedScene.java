package headcache.verify.scene;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import headcache.protocol.ActorName;
import headcache.protocol.DriverMessage;
import headcache.protocol.Message;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.step.Tap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The real actors of a scene on a dispatcher with several threads, which are held up at random. Nobody controls them. */
final class ThreadedScene implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int LONGEST_PAUSE = 200;

    private final Scene scene;
    private final StateBytes bytes = new StateBytes();
    private final List<Step<?>> steps = new ArrayList<>();
    private final List<ActorRef<DriverMessage>> drivers = new ArrayList<>();
    private final ActorSystem<Order> system;

    private enum Order {
        SPAWN,
        STOP
    }

    /** A pool that knows whether anything is left to do. */
    static final class Pool extends ThreadPoolExecutor {
        static final AtomicInteger OPEN = new AtomicInteger();

        Pool(ThreadFactory threads) {
            super(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        }

        @Override
        public void execute(Runnable task) {
            OPEN.incrementAndGet();
            super.execute(() -> {
                for (int pause = ThreadLocalRandom.current().nextInt(LONGEST_PAUSE); pause > 0; pause--) {
                    Thread.onSpinWait();
                }
                try {
                    task.run();
                } finally {
                    OPEN.decrementAndGet();
                }
            });
        }
    }

    /** How Akka makes the pool. */
    public static final class Configurator extends ExecutorServiceConfigurator {
        /** Called by Akka. */
        public Configurator(Config config, DispatcherPrerequisites prerequisites) {
            super(config, prerequisites);
        }

        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
            return () -> new Pool(threads);
        }
    }

    ThreadedScene(Scene scene) {
        this.scene = scene;
        final Config config = ConfigFactory.parseString("akka { loglevel = OFF, stdout-loglevel = OFF\n"
                + "loggers-dispatcher = \"akka.actor.internal-dispatcher\"\n"
                + "actor.default-dispatcher { type = Dispatcher, throughput = 1, executor = \""
                + Configurator.class.getName() + "\" } }");
        this.system = ActorSystem.create(guardian(), "threaded", config.withFallback(ConfigFactory.load()));
        rest();
    }

    private Behavior<Order> guardian() {
        return Behaviors.setup(context -> Behaviors.receiveMessage(order -> {
            if (order == Order.SPAWN) {
                steps.clear();
                drivers.clear();
                context.spawn(stage(), "stage");
            } else {
                context.getChild("stage").ifPresent(context::stop);
            }
            return Behaviors.same();
        }));
    }

    private Behavior<Void> stage() {
        return Behaviors.setup(context -> {
            spawn(context);
            return Behaviors.empty();
        });
    }

    private void spawn(ActorContext<Void> context) {
        drivers.addAll(Troupe.spawn(context, Players.of(scene), this::unwatched));
    }

    private <M extends Message> Troupe.Played<M> unwatched(ActorName who, Step<M> step) {
        steps.add(step);
        return new Troupe.Played<>(step, Tap.NONE);
    }

    /** Runs the scene once; returns how it ended, as {@link MachineWorld#state} tells it. */
    Object run() {
        system.tell(Order.SPAWN);
        rest();
        final Players players = Players.of(scene);
        for (int i = 0; i < drivers.size(); i++) {
            players.begin(i).forEach(drivers.get(i)::tell);
        }
        rest();
        bytes.clear();
        steps.forEach(step -> step.encode(bytes));
        final ByteBuffer end = ByteBuffer.wrap(bytes.toArray());
        system.tell(Order.STOP);
        rest();
        return end;
    }

    /** Waits until no actor has anything left to do; what they did is visible then. */
    private static void rest() {
        while (Pool.OPEN.get() > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
