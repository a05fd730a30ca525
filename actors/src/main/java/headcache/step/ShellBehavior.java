package headcache.step;

import akka.actor.typed.Behavior;
import akka.actor.typed.ExtensibleBehavior;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.protocol.ActorName;
import headcache.protocol.Connect;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineName;
import headcache.protocol.Message;

/**
 * The behaviour of every actor that is a shell around a step: first the directory, then the step's
 * messages.
 *
 * <p>The step tells the kinds of messages apart itself, so there is nothing to be looked up in a table of handlers.
 *
 * @param <M> the messages the step takes
 */
public final class ShellBehavior<M extends Message> extends ExtensibleBehavior<M> {
    private final Shell<M> shell;

    private ShellBehavior(Shell<M> shell) {
        this.shell = shell;
    }

    /** An actor that waits for {@link Connect}, acknowledges it, and then behaves like {@code step}. */
    public static <M extends Message> Behavior<M> create(ActorName self, Step<M> step, Tap tap, Class<M> messages) {
        return Behaviors.receive(messages)
                .onMessage(messages, first -> {
                    if (!(first instanceof Connect connect)) {
                        throw new IllegalStateException(
                                "message before the directory: at=" + self + ", message=" + first);
                    }
                    connect.directory().tell(MachineName.MACHINE, new MachineMessage.Connected(self));
                    return new ShellBehavior<>(new Shell<>(self, step, connect.directory(), tap));
                })
                .build();
    }

    @Override
    public Behavior<M> receive(TypedActorContext<M> context, M message) {
        shell.on(message);
        return this;
    }

    @Override
    public Behavior<M> receiveSignal(TypedActorContext<M> context, Signal signal) {
        return Behaviors.unhandled();
    }
}
