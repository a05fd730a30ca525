package headcache.memory;

import akka.actor.typed.Behavior;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.step.ShellBehavior;
import headcache.step.Step;
import headcache.step.Tap;

/** The slab of a memory node as an actor: a shell around {@link SlabStep}, or around one that plays back. */
public final class SlabActor {
    private SlabActor() {}

    /** A slab named {@code id} that waits for its directory and then behaves like {@code step}. */
    public static Behavior<SlabMessage> create(NodeId id, Step<SlabMessage> step, Tap tap) {
        return ShellBehavior.create(id, step, tap, SlabMessage.class);
    }
}
