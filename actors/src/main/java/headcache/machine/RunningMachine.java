package headcache.machine;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import headcache.protocol.ActorName;
import headcache.protocol.Connect;
import headcache.protocol.CpuId;
import headcache.protocol.Directory;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineName;
import headcache.protocol.Message;
import headcache.protocol.OfflinePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A machine that runs in an actor system of its own, for callers outside of any actor: they may block.
 *
 * <p>Besides its drivers the machine gets a console, through which the caller can send any message as
 * if it were a driver, and read the answers.
 */
public final class RunningMachine implements AutoCloseable {
    /** How often whoever waits for an answer looks whether the machine still stands. */
    private static final long LOOK_UP_MILLIS = 200;

    private final ActorSystem<MachineMessage> system;
    private final DriverId console;
    private final LinkedBlockingQueue<DriverMessage> answers;
    private final Duration timeout;
    private final Directory directory;

    private RunningMachine(
            ActorSystem<MachineMessage> system,
            DriverId console,
            LinkedBlockingQueue<DriverMessage> answers,
            Duration timeout) {
        this.system = system;
        this.console = console;
        this.answers = answers;
        this.timeout = timeout;
        this.directory =
                expect(MachineReply.Ready.class, MachineActor.AwaitReady::new).directory();
    }

    /**
     * Boots {@code plan} and waits until all its actors know one another.
     *
     * @param threads how the actors are run, see {@link Threads}
     * @param timeout the longest that one order may take
     * @throws MachineFailure if an actor crashes; nothing of the machine is left running then
     */
    public static RunningMachine boot(MachinePlan plan, Threads threads, Duration timeout) {
        final LinkedBlockingQueue<DriverMessage> answers = new LinkedBlockingQueue<>();
        final List<Behavior<DriverMessage>> drivers = new ArrayList<>(plan.drivers());
        final DriverId console = new DriverId(drivers.size());
        drivers.add(console(console, answers));
        final ActorSystem<MachineMessage> system =
                ActorSystem.create(MachineActor.create(plan.withDrivers(drivers)), "headcache", threads.config());
        try {
            return new RunningMachine(system, console, answers, timeout);
        } catch (final MachineFailure failure) {
            stop(system, timeout);
            throw failure;
        }
    }

    private static Behavior<DriverMessage> console(DriverId self, LinkedBlockingQueue<DriverMessage> answers) {
        return Behaviors.receive(DriverMessage.class)
                .onMessage(Connect.class, connect -> {
                    connect.directory().tell(MachineName.MACHINE, new MachineMessage.Connected(self));
                    return Behaviors.same();
                })
                .onMessage(DriverMessage.class, answer -> {
                    answers.add(answer);
                    return Behaviors.same();
                })
                .build();
    }

    /** The name under which the caller sends, so that answers come back to {@link #receive}. */
    public DriverId console() {
        return console;
    }

    /** Which actor each name stands for. */
    public Directory directory() {
        return directory;
    }

    /** Sends {@code message} to the actor named {@code to}. */
    public void send(ActorName to, Message message) {
        directory.tell(to, message);
    }

    /**
     * Waits for the next answer to the console.
     *
     * @throws MachineFailure if none comes in time, or an actor crashed
     */
    public DriverMessage receive() {
        final long patience = timeout.toNanos();
        final long from = System.nanoTime();
        while (System.nanoTime() - from < patience) {
            final DriverMessage answer = poll();
            if (answer != null) {
                return answer;
            }
            expect(MachineReply.Ready.class, MachineActor.AwaitReady::new);
        }
        throw new MachineFailure("no answer within " + timeout.toMillis() + " ms", null);
    }

    /** Waits a little while for an answer, so that a crash, after which none comes, is noticed soon. */
    private @Nullable DriverMessage poll() {
        try {
            return answers.poll(Math.min(LOOK_UP_MILLIS, timeout.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineFailure("interrupted while waiting for an answer", e);
        }
    }

    /** Takes a CPU offline. */
    public MachineReply takeOffline(CpuId cpu, OfflinePolicy parked) {
        return order(replyTo -> new MachineActor.TakeOffline(cpu, parked, replyTo));
    }

    /** Brings a CPU back. */
    public MachineReply bringOnline(CpuId cpu) {
        return order(replyTo -> new MachineActor.BringOnline(cpu, replyTo));
    }

    /** Lets every CPU give back what it has; to be called when all work is done. */
    public void drain() {
        expect(MachineReply.Drained.class, MachineActor.DrainAll::new);
    }

    /** The counters of every part. */
    public MachineReply.Snapshot snapshot() {
        return expect(MachineReply.Snapshot.class, MachineActor.TakeSnapshot::new);
    }

    /** Stops all actors and waits for that. */
    @Override
    public void close() {
        stop(system, timeout);
    }

    private static void stop(ActorSystem<MachineMessage> system, Duration timeout) {
        system.tell(new MachineActor.Shutdown(system.ignoreRef()));
        try {
            system.getWhenTerminated().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new MachineFailure("the machine did not stop: " + e, e);
        }
    }

    private <R extends MachineReply> R expect(Class<R> kind, Function<ActorRef<MachineReply>, MachineMessage> order) {
        final MachineReply reply = order(order);
        if (!kind.isInstance(reply)) {
            throw new MachineFailure("unexpected answer: " + reply, null);
        }
        return kind.cast(reply);
    }

    /**
     * Gives an order and waits for the answer.
     *
     * @throws MachineFailure if none comes in time, or an actor crashed
     */
    private MachineReply order(Function<ActorRef<MachineReply>, MachineMessage> order) {
        final MachineReply reply;
        try {
            reply = AskPattern.<MachineMessage, MachineReply>ask(system, order::apply, timeout, system.scheduler())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new MachineFailure("no answer within " + timeout.toMillis() + " ms", e.getCause());
        }
        if (reply instanceof MachineReply.Failed failed) {
            throw new MachineFailure(
                    failed.who() + " crashed: " + failed.cause().getMessage(), failed.cause());
        }
        return reply;
    }

    /** The machine cannot go on: an actor crashed, or no answer came. */
    public static final class MachineFailure extends RuntimeException {
        MachineFailure(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * How the actors of a machine are run.
     *
     * @param parallelism threads that run actors, 1 or more
     * @param deterministic whether actors run one after the other in the order in which they got mail,
     *     on one thread; then equal input gives equal output
     */
    public record Threads(int parallelism, boolean deterministic) {
        /** One after the other, always in the same order. */
        public static final Threads DETERMINISTIC = new Threads(1, true);

        /** As many threads as there are processors. */
        public static Threads all() {
            return new Threads(Runtime.getRuntime().availableProcessors(), false);
        }

        /** Checks the range. */
        public Threads {
            if (parallelism < 1 || parallelism > 1024) {
                throw new IllegalArgumentException("impossible: parallelism=" + parallelism + " must be 1 to 1024");
            }
        }

        /** The configuration of an actor system that runs so. */
        public Config config() {
            final String dispatcher = deterministic
                    ? "{ executor = thread-pool-executor, throughput = 1, thread-pool-executor.fixed-pool-size = 1 }"
                    : "{ fork-join-executor { parallelism-min = " + parallelism + ", parallelism-max = " + parallelism
                            + " } }";
            return ConfigFactory.parseString("akka.actor.default-dispatcher " + dispatcher)
                    .withFallback(ConfigFactory.parseResourcesAnySyntax("headcache"))
                    .withFallback(ConfigFactory.load());
        }
    }
}
