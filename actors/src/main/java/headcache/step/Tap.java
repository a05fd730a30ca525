package headcache.step;

import headcache.protocol.ActorName;
import headcache.protocol.Message;

/**
 * Whoever watches the machine: it is shown every step, once per message, after the step and before
 * the step's messages leave. So what a message causes is seen after what caused the message.
 *
 * <p>Taps of different actors are called from different threads at the same time.
 */
@FunctionalInterface
public interface Tap {

    /** Sees nothing, and costs nothing. */
    Tap NONE = (who, message, state, events) -> {};

    /**
     * Sees one step.
     *
     * @param who the actor
     * @param message what it took
     * @param state its state afterwards; to be read only, and only during the call
     * @param events what happened to heads, in order; valid during the call only
     */
    void onStep(ActorName who, Message message, Step<?> state, EventLog events);

    /** This tap, and after it {@code next}; this one alone if the other is {@link #NONE}. */
    default Tap before(Tap next) {
        if (next == NONE) {
            return this;
        }
        return (who, message, state, events) -> {
            onStep(who, message, state, events);
            next.onStep(who, message, state, events);
        };
    }
}
