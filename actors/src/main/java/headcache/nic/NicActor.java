package headcache.nic;

import akka.actor.typed.Behavior;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.step.ShellBehavior;
import headcache.step.Step;
import headcache.step.Tap;

/** A network interface as an actor: a shell around {@link NicStep}. */
public final class NicActor {
    private NicActor() {}

    /** A NIC named {@code id} that waits for its directory and then behaves like {@code step}. */
    public static Behavior<NicMessage> create(NicId id, Step<NicMessage> step, Tap tap) {
        return ShellBehavior.create(id, step, tap, NicMessage.class);
    }
}
