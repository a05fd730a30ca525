package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabMessage.PassedOn;
import headcache.protocol.SlabPhase;
import headcache.protocol.SlabReply;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows each request from node to node, from who asked to who is answered. */
final class Walks implements Tap {
    /** Where a request arrived, and what for. */
    record Visit(NodeId node, SlabPhase phase) {}

    private final Map<ActorName, List<Visit>> open = new HashMap<>();
    private final List<List<Visit>> ended = new ArrayList<>();
    private final List<String> strays = new ArrayList<>();

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        if (message instanceof SlabMessage.BulkAlloc ask) {
            begin(ask.from(), who);
        } else if (message instanceof SlabMessage.SingleAlloc ask) {
            begin(ask.from(), who);
        } else if (message instanceof PassedOn request) {
            goOn(request, who);
        } else if (message instanceof SlabReply.BulkAllocated || message instanceof SlabReply.Allocated) {
            end(who);
        }
    }

    private void begin(ActorName from, ActorName at) {
        final List<Visit> visits = new ArrayList<>();
        visits.add(new Visit((NodeId) at, SlabPhase.LOCAL_PARTIAL));
        if (open.put(from, visits) != null) {
            strays.add("a second request of " + from + " at " + at);
        }
    }

    private void goOn(PassedOn request, ActorName at) {
        final List<Visit> visits = open.get(request.from());
        if (visits == null) {
            strays.add("passed on, but not open: " + request.from() + " at " + at);
        } else {
            visits.add(new Visit((NodeId) at, request.phase()));
        }
    }

    private void end(ActorName asked) {
        final List<Visit> visits = open.remove(asked);
        if (visits == null) {
            strays.add("answered, but not open: " + asked);
        } else {
            ended.add(visits);
        }
    }

    /** Where each answered request was, in order. */
    List<List<Visit>> ended() {
        return ended;
    }

    /** Requests that were not answered. */
    int unanswered() {
        return open.size();
    }

    /** Messages that belong to no request, or to two. */
    List<String> strays() {
        return strays;
    }
}
