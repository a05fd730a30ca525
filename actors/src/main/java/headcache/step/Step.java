package headcache.step;

import headcache.protocol.Message;

/**
 * The whole behaviour of an actor as a state that takes one message at a time.
 *
 * <p>A step knows no Akka, no clock and no logging, and is deterministic. It can be copied and
 * encoded, so that the very code that runs in an actor can also be searched by state hashing.
 *
 * @param <M> the messages it takes
 */
public interface Step<M extends Message> {

    /**
     * Takes one message.
     *
     * @throws HeadMisuse if a head is used in a way that no correct machine uses it
     */
    void on(M message, Out out);

    /** An independent copy of the state, counters and histories included. */
    Step<M> copy();

    /** Writes everything that later behaviour depends on: no counters, no histories. */
    void encode(StateBytes bytes);

    /** Counts every head that is here, whatever is being done with it, once. */
    void count(HeadCount into);
}
