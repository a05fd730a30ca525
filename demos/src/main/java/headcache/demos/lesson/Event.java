package headcache.demos.lesson;

import headcache.step.EventKind;

/**
 * One thing that happened to a head.
 *
 * @param kind what
 * @param head the head, or {@link headcache.protocol.Head#NONE}
 * @param detail what {@code kind} says it is
 */
record Event(EventKind kind, int head, int detail) {}
