package headcache.middle;

import akka.actor.typed.Behavior;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.step.ShellBehavior;
import headcache.step.Step;
import headcache.step.Tap;

/** A depot as an actor: a shell around {@link DepotStep}. */
public final class DepotActor {
    private DepotActor() {}

    /** A depot named {@code id} that waits for its directory and then behaves like {@code step}. */
    public static Behavior<DepotMessage> create(DepotId id, Step<DepotMessage> step, Tap tap) {
        return ShellBehavior.create(id, step, tap, DepotMessage.class);
    }
}
