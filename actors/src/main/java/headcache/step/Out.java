package headcache.step;

import headcache.protocol.ActorName;
import headcache.protocol.Message;

/** What a step can do to the world: send, and tell what it did with heads. */
public interface Out {

    /** Sends {@code message} to {@code to}. */
    void send(ActorName to, Message message);

    /**
     * Publishes that something happened to a head.
     *
     * @param kind what happened
     * @param head the head, or {@link headcache.protocol.Head#NONE}
     * @param detail what {@code kind} says it is
     */
    void event(EventKind kind, int head, int detail);
}
