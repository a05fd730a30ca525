package headcache.verify.scene;

import akka.actor.typed.javadsl.ActorContext;
import headcache.audit.Audit;
import headcache.kit.Semantics;
import headcache.kit.Sent;
import headcache.kit.Statement;
import headcache.kit.World;
import headcache.kit.control.ControlledSystem;
import headcache.middle.Depots;
import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.verify.DriverStep;
import headcache.verify.Invariant;
import headcache.verify.Violation;
import headcache.verify.Watch;
import headcache.verify.Watched;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The real actors of a scene under control; every law of {@link Invariant} is checked, see {@link Watch}.
 *
 * <p>All that an actor remembers is in its step, so actors stay from run to run, and get a new step for each; after a run
 * in which something went wrong they are booted anew.
 *
 * <p>A run begins when all actors have their directory. It ends when nothing is left to deliver; then, for the first
 * run that ends in that state, what is left is released, every CPU is drained, in one fixed order, and all must be
 * home.
 */
public final class MachineWorld implements World {
    private final StateBytes bytes = new StateBytes();
    private final List<Step<?>> steps = new ArrayList<>();
    private final List<DriverStep> drivers = new ArrayList<>();
    private final Ensemble ensemble = new Ensemble();
    private final ControlledSystem system;
    private Scene scene;
    private Playbill playbill;
    private Watch.Known known = new Watch.Known(MessageBytes::put);
    private Watch watch;
    private Observer observer;
    private @Nullable Players players;
    private @Nullable Throwable failure;

    /** Boots the machine of {@code scene} for its first run. */
    public MachineWorld(Scene scene, Semantics semantics) {
        this.scene = scene;
        this.playbill = new Playbill(scene);
        this.watch = new Watch(scene.machine(), known);
        this.observer = new Observer(watch);
        this.system = new ControlledSystem(semantics, this::spawn, this::encoded);
        connect();
    }

    private void spawn(ActorContext<Void> context) {
        ensemble.spawn(context, newPlayers(), this::kept);
    }

    private Players newPlayers() {
        watch = new Watch(scene.machine(), known);
        observer = new Observer(watch);
        failure = null;
        steps.clear();
        drivers.clear();
        final Players cast = playbill.players();
        players = cast;
        drivers.addAll(cast.scripts());
        return cast;
    }

    private <M extends Message> Troupe.Played<M> kept(ActorName who, Step<M> step) {
        final Watched<M> watched = watch.over(who, step);
        if (step == players().collector()) {
            steps.add(step);
            return new Troupe.Played<>(step, observer.over(watched));
        } else if (players().audit() == null) {
            steps.add(step);
            return new Troupe.Played<>(watched, observer.over(watched));
        }
        final Step<M> audited = players().actor(who, watched);
        steps.add(audited);
        return new Troupe.Played<>(audited, Audit.within(observer.over(watched)));
    }

    /** Gives everybody the directory, which nothing depends on, and the drivers the word. */
    private void connect() {
        final BitSet connects = system.enabled();
        for (int next = connects.nextSetBit(0); next >= 0; next = connects.nextSetBit(next + 1)) {
            system.deliver(next);
        }
        ensemble.begin(players());
    }

    private Players players() {
        return Objects.requireNonNull(players, "spawned with the first run");
    }

    @Override
    public Semantics semantics() {
        return system.semantics();
    }

    @Override
    public void reset() {
        // Whatever went wrong is to be seen again from the very beginning.
        if (failure == null && system.rewind()) {
            ensemble.recast(newPlayers(), this::kept);
            ensemble.begin(players());
        } else {
            system.reset();
            connect();
        }
    }

    @Override
    public BitSet enabled() {
        return system.enabled();
    }

    @Override
    public void deliver(int channel) {
        observer.next();
        system.deliver(channel);
    }

    @Override
    public int[] sent() {
        return system.sent();
    }

    @Override
    public int receiver(int channel) {
        return system.receiver(channel);
    }

    @Override
    public String name(int channel) {
        return system.name(channel);
    }

    @Override
    public Object state() {
        return system.state();
    }

    @Override
    public boolean assume(Semantics semantics) {
        system.assume(semantics);
        connect();
        return true;
    }

    /** Begins a run of {@code other} under {@code semantics}, in the same actor system. */
    void show(Scene other, Semantics semantics) {
        scene = other;
        playbill = new Playbill(other);
        known = new Watch.Known(MessageBytes::put);
        assume(semantics);
    }

    @Override
    public String message() {
        return MachineText.of(system.letter());
    }

    @Override
    public List<Sent> sends() {
        return system.sends(MachineText::of);
    }

    @Override
    public List<String> observed() {
        return observer.observed();
    }

    @Override
    public String rule(Throwable cause) {
        return SceneShrinker.rule(cause);
    }

    @Override
    public List<Statement> statements(@Nullable Throwable cause) {
        return observer.statements(cause, cause == null ? "" : rule(cause));
    }

    private Object encoded() {
        bytes.clear();
        for (final Step<?> step : steps) {
            step.encode(bytes);
        }
        return ByteBuffer.wrap(bytes.toArray());
    }

    /**
     * What tells this moment from others, however it was come to: the state of each actor and what is on its way. Only
     * for {@link Semantics#PER_PAIR_FIFO}, where the order between channels is nothing that was.
     */
    public Object key() {
        bytes.clear();
        steps.forEach(step -> step.encode(bytes));
        system.enabled().stream().forEach(channel -> {
            final List<Object> messages = system.onTheWay(channel);
            bytes.put(channel);
            bytes.put(messages.size());
            messages.forEach(message -> MessageBytes.put(bytes, (Message) message));
        });
        return ByteBuffer.wrap(bytes.toArray());
    }

    /** The steps inside the actors of this run, to be read only. */
    public List<Step<?>> steps() {
        return List.copyOf(steps);
    }

    @Override
    public int[] touched() {
        return watch.touched();
    }

    @Override
    public Throwable unordered(int thing, int first, int second) {
        final int head = watch.head(thing);
        return new ViolationException(
                Invariant.I2,
                "I2 " + Invariant.I2.title() + ": head=" + Head.name(head) + ": steps " + first + " and " + second
                        + " both had it, and neither comes before the other; it is " + watch.whereabouts(head));
    }

    @Override
    public @Nullable Throwable failure() {
        if (failure == null) {
            final Throwable crash = system.failure();
            if (crash != null) {
                watch.crashed();
            }
            final Violation violation = watch.violation();
            failure = violation == null ? crash : new ViolationException(violation.invariant(), violation.toString());
        }
        final String fault = failure == null ? players().fault(steps) : null;
        if (fault != null) {
            failure = new ViolationException(Invariant.I1, fault);
        }
        return failure;
    }

    @Override
    public void ended() {
        watch.ended();
    }

    @Override
    public void atRest() {
        final boolean hasDepot = scene.machine().policy().middle() instanceof Depots;
        for (int phase = 0; phase < (hasDepot ? 3 : 2) && failure() == null; phase++) {
            checkAnswered();
            ensemble.go(drivers.size(), players().nobody());
            settle();
        }
        checkAnswered();
        watch.mustBeHome();
        watch.ended();
    }

    private void settle() {
        for (int next = enabled().nextSetBit(0);
                next >= 0 && failure() == null;
                next = enabled().nextSetBit(0)) {
            deliver(next);
        }
    }

    private void checkAnswered() {
        if (failure == null && players().audit() != null && players().cut(steps) == null) {
            failure = new ViolationException(Invariant.I15, "nothing is on its way, but the audit waits for a count");
        }
        for (int i = 0; i < drivers.size(); i++) {
            if (failure == null && !drivers.get(i).isDone()) {
                failure = new ViolationException(
                        Invariant.I15,
                        "I15 " + Invariant.I15.title() + ": nothing is on its way, but driver-" + i + " waits");
            }
        }
    }

    @Override
    public void close() {
        system.close();
    }
}
