package headcache.workload;

import akka.actor.typed.Behavior;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.step.ShellBehavior;
import headcache.step.Step;
import headcache.step.Tap;

/** A driver as an actor: a shell around {@link DriverStep}. */
public final class DriverActor {
    private DriverActor() {}

    /** A driver named {@code id} that waits for its directory and then behaves like {@code step}. */
    public static Behavior<DriverMessage> create(DriverId id, Step<DriverMessage> step, Tap tap) {
        return ShellBehavior.create(id, step, tap, DriverMessage.class);
    }
}
