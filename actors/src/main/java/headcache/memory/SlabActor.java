package headcache.memory;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import headcache.protocol.Connect;
import headcache.protocol.Directory;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineName;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.step.Shell;
import headcache.step.Step;
import headcache.step.Tap;

/** The actor of a memory node: a shell around its slab step. */
public final class SlabActor {
    private SlabActor() {}

    /**
     * The behaviour of a node's slab. Its first message is {@link Connect}, which it confirms to the machine; all
     * others go to {@code step}.
     *
     * @param id the node
     * @param step its state, handed over
     * @param tap is shown each step
     */
    public static Behavior<SlabMessage> create(NodeId id, Step<SlabMessage> step, Tap tap) {
        return Behaviors.receiveMessage(message -> {
            if (!(message instanceof Connect connect)) {
                throw new IllegalStateException(
                        "not connected yet: at=" + id + ", message=" + message + "; Connect must come first");
            }
            final Directory directory = connect.directory();
            directory.tell(MachineName.MACHINE, new MachineMessage.Connected(id));
            return connected(new Shell<>(id, step, directory, tap));
        });
    }

    private static Behavior<SlabMessage> connected(Shell<SlabMessage> shell) {
        return Behaviors.receiveMessage(message -> {
            shell.on(message);
            return Behaviors.same();
        });
    }
}
