package headcache.step;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import headcache.protocol.ActorName;
import headcache.protocol.Connect;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineName;
import headcache.protocol.Message;

/**
 * The behaviour of every actor that is a shell around a step: first the directory, then the step's
 * messages.
 *
 * @param <M> the messages the step takes
 */
public final class ShellBehavior<M extends Message> extends AbstractBehavior<M> {
    private final Shell<M> shell;
    private final Class<M> messages;

    private ShellBehavior(ActorContext<M> context, Shell<M> shell, Class<M> messages) {
        super(context);
        this.shell = shell;
        this.messages = messages;
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
                    final Shell<M> shell = new Shell<>(self, step, connect.directory(), tap);
                    return Behaviors.setup(context -> new ShellBehavior<>(context, shell, messages));
                })
                .build();
    }

    @Override
    public Receive<M> createReceive() {
        return newReceiveBuilder().onMessage(messages, this::onMessage).build();
    }

    private Behavior<M> onMessage(M message) {
        shell.on(message);
        return this;
    }
}
