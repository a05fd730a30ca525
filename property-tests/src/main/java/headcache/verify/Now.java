package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.MachineName;
import headcache.step.EventKind;

/** The event that is looked at. */
final class Now {
    /** Number of the event, from 1 on. */
    long number;
    /** Number of the step it is part of, from 1 on; in a run under control, of the delivery. */
    long step;

    ActorName who = MachineName.MACHINE;
    EventKind kind = EventKind.FRAME_DROPPED;
    int detail;
}
