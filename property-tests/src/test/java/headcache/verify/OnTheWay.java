package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows at any moment which heads CPUs and tasks gave back that are not home yet, and finds heads that are elsewhere too. */
final class OnTheWay implements Tap {
    /** What a CPU does that an unfinished free could spoil. */
    private static final Set<EventKind> REFILLS =
            Set.of(EventKind.REFILL_ASKED, EventKind.REFILL, EventKind.REFILL_FAILED);

    private static final Set<EventKind> GIVES = Set.of(EventKind.SPILL, EventKind.FLUSH, EventKind.SINGLE_FREE);

    /** These name data, which outlives its first head in clones. */
    private static final Set<EventKind> OF_DATA =
            Set.of(EventKind.DATA_TAKEN, EventKind.DATA_DROPPED, EventKind.DATA_ADOPTED);

    /** A head whose free was not done when its CPU refilled; {@code kind} is what the refill did. */
    record Overlap(EventKind kind, CpuId cpu, int head) {}

    private final Map<Integer, ActorName> givenBack = new HashMap<>();
    private final List<Overlap> overlaps = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        if (message instanceof SlabMessage.BulkFree free && !(free.from() instanceof NodeId)) {
            arrived(free.from(), free.heads());
        } else if (message instanceof SlabMessage.SingleFree free && !Head.isFclone(free.head())) {
            arrived(free.from(), new int[] {free.head()});
        } else if (message instanceof SlabMessage.BulkAlloc ask) {
            find(
                    givenBack.containsValue(ask.from()) && isAnyAt((NodeId) who, ask.from()),
                    "overtaken by a refill",
                    Head.NONE);
        }
        if (who instanceof CpuId || who instanceof TaskId) {
            for (int i = 0; i < events.size(); i++) {
                see(who, events.kind(i), events.head(i));
            }
        }
    }

    private void arrived(ActorName from, int[] heads) {
        for (final int head : heads) {
            find(!from.equals(givenBack.remove(head)), "came home, but was not given back", head);
        }
    }

    private boolean isAnyAt(NodeId node, ActorName from) {
        return givenBack.entrySet().stream()
                .anyMatch(given -> given.getValue().equals(from) && Head.node(given.getKey()) == node.index());
    }

    private void see(ActorName who, EventKind kind, int head) {
        if (head != Head.NONE && !Head.isFclone(head) && !OF_DATA.contains(kind)) {
            find(givenBack.containsKey(head), kind + " while on its way home", head);
        }
        if (GIVES.contains(kind) && !Head.isFclone(head)) {
            givenBack.put(head, who);
        } else if (who instanceof CpuId cpu && REFILLS.contains(kind)) {
            givenBack.forEach((given, by) -> {
                if (by.equals(who)) {
                    overlaps.add(new Overlap(kind, cpu, given));
                }
            });
        }
    }

    private void find(boolean wrong, String what, int head) {
        if (wrong) {
            findings.add(Head.name(head) + " " + what);
        }
    }

    /** How many heads are on their way home. */
    int count() {
        return givenBack.size();
    }

    /** Refills of CPUs whose own frees were not done, one for each head. */
    List<Overlap> overlaps() {
        return overlaps;
    }

    /** Heads that were in two places, or came home without being given back. */
    List<String> findings() {
        return findings;
    }
}
