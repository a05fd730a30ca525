package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.step.EventKind;

/** Laws of one actor, checked line by line of what it does; the ledger has booked the whole step before. */
interface Laws {
    /** It takes a message. */
    default void took(Message message) {}

    /** An event of the step. */
    default void did(EventKind kind, int head, int detail) {}

    /** A message that the step sends. */
    default void sent(ActorName to, Message message) {}

    /** The step has ended. */
    default void ended() {}
}
