package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.MachineName;
import headcache.step.EventKind;

/** The event that is looked at. */
final class Now {
    long number;
    ActorName who = MachineName.MACHINE;
    EventKind kind = EventKind.FRAME_DROPPED;
    int detail;
}
