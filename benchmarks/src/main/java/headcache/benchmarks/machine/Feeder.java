package headcache.benchmarks.machine;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import headcache.protocol.Connect;
import headcache.protocol.Directory;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineName;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A driver that repeats one piece of work as often as it is told, each time when the last is done. */
abstract class Feeder extends AbstractBehavior<DriverMessage> {
    private final DriverId self;
    private @Nullable Directory directory;
    private @Nullable CountDownLatch latch;
    private int left;

    Feeder(ActorContext<DriverMessage> context, DriverId self) {
        super(context);
        this.self = self;
    }

    /** Makes a feeder out of its context. */
    @FunctionalInterface
    interface Factory {
        Feeder create(ActorContext<DriverMessage> context, DriverId self);
    }

    static Behavior<DriverMessage> behavior(DriverId self, Factory factory) {
        return Behaviors.setup(context -> factory.create(context, self));
    }

    @Override
    public final Receive<DriverMessage> createReceive() {
        return newReceiveBuilder()
                .onMessage(Connect.class, this::onConnect)
                .onMessage(Round.class, this::onRound)
                .onMessage(DriverMessage.class, this::onAnswer)
                .build();
    }

    private Behavior<DriverMessage> onConnect(Connect connect) {
        directory = connect.directory();
        directory.tell(MachineName.MACHINE, new MachineMessage.Connected(self));
        return this;
    }

    private Behavior<DriverMessage> onRound(Round round) {
        left = round.times();
        latch = round.done();
        begin(directory(), self);
        return this;
    }

    private Behavior<DriverMessage> onAnswer(DriverMessage answer) {
        if (isDone(answer, directory(), self)) {
            left--;
            if (left > 0) {
                begin(directory(), self);
            } else if (latch != null) {
                latch.countDown();
            }
        }
        return this;
    }

    private Directory directory() {
        if (directory == null) {
            throw new IllegalStateException("not connected: at=" + self);
        }
        return directory;
    }

    /** Starts the piece of work. */
    abstract void begin(Directory directory, DriverId self);

    /** Takes an answer; whether the piece of work is done with it. */
    abstract boolean isDone(DriverMessage answer, Directory directory, DriverId self);
}
