package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.HashMap;
import java.util.Map;

/** Watches which skbs are in a completion queue: they were queued by an interrupt and neither ended nor sent on. */
final class CompletionQueues implements Tap {
    private final Map<Integer, Integer> skbs = new HashMap<>();
    private boolean used;

    /** For each head how many skbs on it are queued; heads of which none is are left out. */
    Map<Integer, Integer> skbs() {
        return Map.copyOf(skbs);
    }

    /** Whether anything was ever queued. */
    boolean wereUsed() {
        return used;
    }

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        for (int i = 0; i < events.size(); i++) {
            final EventKind kind = events.kind(i);
            if (kind == EventKind.QUEUED) {
                used = true;
                skbs.merge(events.head(i), 1, Integer::sum);
            } else if (kind == EventKind.DIED || kind == EventKind.SENT) {
                skbs.computeIfPresent(events.head(i), (head, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
