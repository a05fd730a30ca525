package headcache.kit.control;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import headcache.kit.Semantics;
import headcache.kit.Sent;
import headcache.kit.World;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A real actor system whose actors stand still until they are told to take a message. Their behaviors run
 * unchanged.
 *
 * <p>A scenario is a function that spawns actors, with names, and may tell them something; it is called for each
 * run. All of an instance must be used from one thread.
 */
public final class ControlledSystem implements World {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Controller controller;
    private final ActorSystem<Order> system;
    private final Consumer<ActorContext<Void>> scenario;
    private final Supplier<Object> state;
    private final Runnable atRest;

    private sealed interface Order {}

    private enum Stop implements Order {
        STOP
    }

    private record Start(Behavior<Void> stage) implements Order {}

    /**
     * Starts an actor system and the first run.
     *
     * @param semantics which deliveries are possible
     * @param scenario spawns the actors of a run
     * @param state what tells the states of the run that was started last from one another
     */
    public ControlledSystem(Semantics semantics, Consumer<ActorContext<Void>> scenario, Supplier<Object> state) {
        this(semantics, scenario, state, () -> {});
    }

    /**
     * Starts an actor system and the first run.
     *
     * @param semantics which deliveries are possible
     * @param scenario spawns the actors of a run
     * @param state what tells the states of the run that was started last from one another
     * @param atRest asserts what must hold of a state in which nothing is left to deliver; what it throws is a failure
     *     of the run
     */
    public ControlledSystem(
            Semantics semantics, Consumer<ActorContext<Void>> scenario, Supplier<Object> state, Runnable atRest) {
        this.controller = new Controller(semantics);
        this.scenario = scenario;
        this.state = state;
        this.atRest = atRest;
        this.system = ActorSystem.create(guardian(), "controlled", config(controller.id()));
        controller.own();
        controller.settle();
        begin();
    }

    private static Config config(int id) {
        return ConfigFactory.parseString(Controller.KEY + " = " + id)
                .withFallback(ConfigFactory.parseResourcesAnySyntax("headcache-kit"))
                .withFallback(ConfigFactory.load());
    }

    private static Behavior<Order> guardian() {
        return Behaviors.setup(context -> Behaviors.receive(Order.class)
                .onMessage(Start.class, start -> {
                    context.spawn(start.stage(), Controller.STAGE);
                    return Behaviors.same();
                })
                .onMessage(Stop.class, stop -> {
                    context.getChild(Controller.STAGE).ifPresent(context::stop);
                    return Behaviors.same();
                })
                .build());
    }

    /** The parent of a run's actors. */
    private Behavior<Void> stage() {
        return Behaviors.setup(context -> {
            scenario.accept(context);
            return Behaviors.empty();
        });
    }

    private void begin() {
        controller.clear();
        system.tell(new Start(stage()));
        controller.settle();
        controller.cast();
    }

    @Override
    public void reset() {
        end();
        begin();
    }

    /**
     * Begins a new run with the actors of this one, and without anything on its way, which is many times faster than
     * {@link #reset}. For whoever knows that no actor keeps anything from one message to the next, besides what they put
     * back themselves.
     *
     * @return whether that was possible: not if an actor has crashed, stopped, been started or set a timer since the run
     *     began; then nothing has changed
     */
    public boolean rewind() {
        return controller.rewind();
    }

    private void end() {
        system.tell(Stop.STOP);
        controller.settle();
    }

    @Override
    public Semantics semantics() {
        return controller.semantics();
    }

    @Override
    public boolean assume(Semantics semantics) {
        end();
        controller.assume(semantics);
        begin();
        return true;
    }

    @Override
    public String message() {
        return MessageText.of(letter());
    }

    /** The message that was delivered last, or null if none was in this run. */
    public @Nullable Object letter() {
        return controller.delivered();
    }

    @Override
    public List<Sent> sends() {
        return sends(MessageText::of);
    }

    /** What the last delivery, or the beginning of the run, sent, in the words of {@code text}. */
    public List<Sent> sends(Function<Object, String> text) {
        return controller.letters(text);
    }

    @Override
    public BitSet enabled() {
        return controller.enabled();
    }

    @Override
    public void deliver(int channel) {
        controller.deliver(channel);
    }

    @Override
    public int[] sent() {
        return controller.sent();
    }

    /** The messages on their way in {@code channel}, oldest first; a timer that is due is none. */
    public List<Object> onTheWay(int channel) {
        return controller.onTheWay(channel);
    }

    @Override
    public int receiver(int channel) {
        return controller.names().channel(channel).to();
    }

    @Override
    public String name(int channel) {
        return controller.names().channel(channel).toString();
    }

    @Override
    public @Nullable Throwable failure() {
        return controller.failure();
    }

    @Override
    public void atRest() {
        try {
            atRest.run();
        } catch (final RuntimeException | AssertionError wrong) {
            controller.failed(wrong);
        }
    }

    @Override
    public Object state() {
        return state.get();
    }

    @Override
    public void close() {
        end();
        system.terminate();
        final long limit = System.nanoTime() + TIMEOUT.toNanos();
        while (!system.getWhenTerminated().toCompletableFuture().isDone()) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("the controlled system did not stop within " + TIMEOUT);
            }
            controller.settle();
            Thread.onSpinWait();
        }
        controller.close();
    }
}
