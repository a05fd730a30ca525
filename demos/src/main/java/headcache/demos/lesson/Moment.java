package headcache.demos.lesson;

import headcache.protocol.ActorName;
import headcache.protocol.Message;
import java.util.List;

/**
 * One step of one actor, as the tap saw it.
 *
 * @param who the actor
 * @param message what it took
 * @param events what happened to heads, in order
 */
record Moment(ActorName who, Message message, List<Event> events) {}
