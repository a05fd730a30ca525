package headcache.demos.lesson;

import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.Message;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a turn as a list of lines: on the left who did it or who told whom, on the right what. */
final class Narrator {
    /** What the lines between say anyhow: who asks waits for the answer, and an skb begins with its data. */
    private static final Set<EventKind> IMPLIED =
            EnumSet.of(EventKind.SUSPENDED, EventKind.RESUMED, EventKind.DATA_TAKEN);

    private static final Set<EventKind> LIVES_OF_SKBS =
            EnumSet.of(EventKind.BORN, EventKind.DIED, EventKind.DATA_DROPPED, EventKind.HOLD, EventKind.UNHOLD);

    private static final String LINE = "%-18s %s";

    private final Set<EventKind> untold;
    private final List<String> lines = new ArrayList<>();

    /** Slabs that have yet to answer, in the order in which they were asked. */
    private final ArrayDeque<ActorName> answering = new ArrayDeque<>();

    private Narrator(final Set<EventKind> untold) {
        this.untold = untold;
    }

    /** Everything that happened, to heads and to the skbs on them. */
    static List<String> all(final Turn turn) {
        return new Narrator(IMPLIED).tell(turn);
    }

    /** What happened to heads, whatever their skbs took and released. */
    static List<String> heads(final Turn turn) {
        final Set<EventKind> untold = EnumSet.copyOf(LIVES_OF_SKBS);
        untold.addAll(IMPLIED);
        return new Narrator(untold).tell(turn);
    }

    /** Heads as people read them: {@code n0/1 n0/0}. */
    static String names(final List<Integer> heads) {
        return heads.stream().map(Head::name).collect(Collectors.joining(" "));
    }

    private List<String> tell(final Turn turn) {
        for (final Moment moment : turn.moments()) {
            tellMessage(moment.who(), moment.message());
            tellEvents(moment.who(), moment.events());
        }
        return lines;
    }

    private void tellMessage(final ActorName who, final Message message) {
        if (message instanceof SlabMessage.BulkAlloc bulk) {
            asked(bulk.from(), who, "bulk allocation: " + bulk.count() + " heads, all or nothing");
        } else if (message instanceof SlabMessage.SingleAlloc single) {
            asked(single.from(), who, "single allocation: one head");
        } else if (message instanceof SlabMessage.BulkFree free) {
            asked(free.from(), who, "bulk free: " + names(boxed(free.heads())));
        } else if (message instanceof SlabMessage.SingleFree free) {
            asked(free.from(), who, "single free: " + Head.name(free.head()));
        } else if (message instanceof SlabReply.BulkAllocated answer) {
            answered(who, answer.heads().length == 0 ? "nothing" : names(boxed(answer.heads())));
        } else if (message instanceof SlabReply.Allocated answer) {
            answered(who, Head.name(answer.head()));
        } else if (message instanceof SlabReply.Freed) {
            answered(who, "done");
        }
    }

    private static List<Integer> boxed(final int[] heads) {
        return Arrays.stream(heads).boxed().toList();
    }

    private void asked(final ActorName from, final ActorName slab, final String what) {
        answering.add(slab);
        line(from + " -> " + slab, what);
    }

    private void answered(final ActorName who, final String what) {
        line(who + " <- " + answering.remove(), what);
    }

    /** Like events in a row make one line. */
    private void tellEvents(final ActorName who, final List<Event> events) {
        final List<Event> told =
                events.stream().filter(event -> !untold.contains(event.kind())).toList();
        int first = 0;
        for (int next = 1; next <= told.size(); next++) {
            if (next == told.size() || told.get(next).kind() != told.get(first).kind()) {
                tellRow(who, told.subList(first, next));
                first = next;
            }
        }
    }

    private void tellRow(final ActorName who, final List<Event> row) {
        final EventKind kind = row.get(0).kind();
        final int detail = row.get(0).detail();
        final int last = row.get(row.size() - 1).detail();
        final String heads = names(row.stream().map(Event::head).toList());
        switch (kind) {
            case REFILL_ASKED -> line(who, "get: the cache is empty; asks for a refill of " + detail + " heads");
            case REFILL -> line(who, "refill: lays " + heads + " in " + slots(detail, last));
            case REFILL_FAILED -> line(who, "refill: brought nothing");
            case GET -> line(who, "get: takes " + heads + " from the top");
            case GET_FAILED -> line(who, "get: fails");
            case PUT -> line(who, "put: lays " + heads + " in " + slots(detail - 1, last - 1));
            case SPILL -> line(who, "spill: takes " + heads + " out of " + slots(detail, last));
            case FLUSH -> line(who, "flush: takes " + heads + " out of " + slots(detail, last));
            case SINGLE_ALLOC -> line(who, "got " + heads + ", past the cache");
            case SINGLE_FREE -> line(who, "gives " + heads + " to the slab, past the cache");
            case SLAB_OUT -> line(who, "takes " + heads + " from its free heads");
            case SLAB_IN -> line(who, "adds " + heads + " to its free heads");
            case BORN -> line(who, WayIn.values()[detail].kernelName() + ": an skb begins on " + heads);
            case DIED -> line(who, WayOut.values()[detail].kernelName() + ": the skb on " + heads + " has ended");
            case DATA_DROPPED -> line(who, "the skb lets go of the packet's data");
            case HOLD -> line(who, "the skb on " + heads + " holds on to " + thing(detail));
            case UNHOLD -> line(who, "the skb lets go of " + thing(detail));
            default -> throw new IllegalArgumentException("no lesson tells of this: kind=" + kind + ", at=" + who);
        }
    }

    private static String slots(final int first, final int last) {
        return first == last ? "slot " + first : "slots " + first + " to " + last;
    }

    private static String thing(final int ordinal) {
        return switch (Held.of(ordinal)) {
            case DST -> "its route";
            case CONNTRACK -> "its connection tracking entry";
            case SOCKET -> "its socket";
            case EXTENSIONS -> "its extensions";
        };
    }

    private void line(final Object who, final String what) {
        lines.add(LINE.formatted(who, what));
    }
}
