package headcache.verify;

import headcache.protocol.Head;

/**
 * An invariant that did not hold.
 *
 * @param invariant which one
 * @param head the head it was seen at, or {@link Head#NONE}
 * @param event number of the event that showed it, from 1 in the order in which events were seen
 * @param facts what happened, who did it, where the head was before and since which event
 */
public record Violation(Invariant invariant, int head, long event, String facts) {

    /** One line: {@code I2 one place: head=n0/17 event=241: ...}. */
    @Override
    public String toString() {
        return invariant + " " + invariant.title() + ": head=" + Head.name(head) + " event=" + event + ": " + facts;
    }
}
