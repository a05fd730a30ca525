package headcache.cpu;

import akka.actor.typed.Behavior;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.step.ShellBehavior;
import headcache.step.Step;
import headcache.step.Tap;

/** A CPU as an actor: a shell around {@link CpuStep}. */
public final class CpuActor {
    private CpuActor() {}

    /** A CPU named {@code id} that waits for its directory and then behaves like {@code step}. */
    public static Behavior<CpuMessage> create(CpuId id, Step<CpuMessage> step, Tap tap) {
        return ShellBehavior.create(id, step, tap, CpuMessage.class);
    }
}
