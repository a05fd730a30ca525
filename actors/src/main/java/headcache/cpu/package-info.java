/** A CPU: the step that takes one message at a time on the head cache it owns, and the actor around it. */
@NullMarked
package headcache.cpu;

import org.jspecify.annotations.NullMarked;
