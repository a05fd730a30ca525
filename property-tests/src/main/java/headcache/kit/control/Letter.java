package headcache.kit.control;

import akka.dispatch.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way.
 *
 * @param envelope the message
 * @param arrival when it was sent, counted over all messages of the run
 * @param clock what its sender knew of when it sent it; null unless the semantics ask for it
 */
record Letter(Envelope envelope, int arrival, @Nullable Clock clock) {}
