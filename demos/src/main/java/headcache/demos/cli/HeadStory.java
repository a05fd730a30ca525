package headcache.demos.cli;

import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import headcache.verify.HeadHistory.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The life of one head in sentences. Events that belong together, such as a get and the skb that begins
 * with it, make one.
 */
final class HeadStory {

    /**
     * A sentence of the story.
     *
     * @param event number of its first event
     * @param who the actor that did it
     * @param what what it did, without a subject
     * @param times how many times it did so, one after the other
     */
    record Sentence(long event, ActorName who, String what, int times) {
        private boolean saysSame(Sentence other) {
            return who.equals(other.who) && what.equals(other.what);
        }

        private Sentence again() {
            return new Sentence(event, who, what, times + 1);
        }

        @Override
        public String toString() {
            return "#" + event + " " + who + " " + what + (times == 1 ? "" : ", " + times + " times");
        }
    }

    private final int head;
    private final List<Entry> entries;
    private final List<Sentence> sentences = new ArrayList<>();
    private int at;
    private int lives;

    private HeadStory(int head, List<Entry> entries) {
        this.head = head;
        this.entries = entries;
    }

    /** Tells {@code entries}, the history of {@code head}. */
    static HeadStory of(int head, List<Entry> entries) {
        final HeadStory story = new HeadStory(head, entries);
        while (story.at < entries.size()) {
            story.next();
        }
        return story;
    }

    /** The sentences, in the order of what happened. */
    List<Sentence> sentences() {
        return sentences;
    }

    /** How many skbs lived on the head. */
    int lives() {
        return lives;
    }

    private void next() {
        final Entry first = entries.get(at++);
        final String what = switch (first.kind()) {
            case GET -> "took it from its cache" + use(first) + ", " + first.detail() + " left" + failed(first);
            case SINGLE_ALLOC -> "took it from the slab" + use(first) + failed(first);
            case SHORTFALL -> "took it from the slab, with others that its cache was short of" + use(first);
            case PEEKED -> "gave it from its cache to a task, " + first.detail() + " left";
            case PEEK_TAKEN -> "took it from its CPU's cache" + use(first) + failed(first);
            case BORN -> born(first);
            case DATA_TAKEN -> "let a clone share its data";
            case DATA_DROPPED -> first.skb() == head ? ending(first) : droppedElsewhere(first);
            case UNHOLD, DATA_ADOPTED, DIED -> ending(first);
            case PUT -> "put it in its cache, " + first.detail() + " in it";
            case SINGLE_FREE -> "gave it to the slab";
            case REFILL -> "laid it in slot " + first.detail() + " of its cache: a refill";
            case SPILL -> "spilled it from slot " + first.detail();
            case FLUSH -> "gave it back from slot " + first.detail() + ", with all that was parked";
            case SLAB_OUT -> "handed it out" + company(first, ", one of ") + forPartner(first);
            case SLAB_IN -> "took it home" + company(first, ", one of ") + fromPartner(first);
            case SLAB_HALF -> "took one of the twins home" + fromPartner(first);
            case DEPOT_IN -> "took it in with a full magazine" + company(first, " of ") + fromPartner(first);
            case DEPOT_OUT -> "handed it out in a full magazine" + company(first, " of ") + forPartner(first);
            case DEPOT_REAPED -> "sent it home, in a magazine that nobody needed";
            case SET_ASIDE -> "set it aside for cpu-" + first.detail() + ", which owns it";
            case POSTED -> "gave it back to cpu-" + first.detail();
            case CAME_BACK -> "got it back" + company(first, ", one of ") + fromPartner(first);
            case TAKEN_BACK -> "laid it in slot " + first.detail() + " of its cache, from what came back";
            case SENT_HOME -> "sent it home instead of keeping it";
            default -> whileInUse(first);
        };
        add(new Sentence(first.number(), first.who(), what, 1));
    }

    /** Adds a sentence, or one more time to the last one if that says the same. */
    private void add(Sentence sentence) {
        final int last = sentences.size() - 1;
        if (last >= 0 && sentences.get(last).saysSame(sentence)) {
            sentences.set(last, sentences.get(last).again());
        } else {
            sentences.add(sentence);
        }
    }

    private String whileInUse(Entry entry) {
        return switch (entry.kind()) {
            case HOLD -> "let its skb hold " + thing(entry);
            case SHARED -> "shared its skb: " + entry.detail() + " users";
            case UNSHARED -> "gave up a reference to its skb: " + entry.detail() + " left";
            case LINKED ->
                entry.head() == head
                        ? "linked its skb to the frag_list of " + Head.name(entry.detail())
                        : "linked " + Head.name(entry.head()) + " to the frag_list of its skb";
            case REUSED -> "emptied its skb for the next frame: napi_reuse_skb";
            case QUEUED -> "queued its skb for the transmit softirq, " + entry.detail() + " waiting";
            case SENT -> "sent its skb on";
            case DEFERRED -> "put its skb on its defer list, " + entry.detail() + " on it";
            case DEFER_REFUSED -> "sent its skb back, for it takes no more: " + entry.detail() + " on its defer list";
            case HANDED_OVER -> "went offline and handed it over to cpu-" + entry.detail();
            default -> entry.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** What a head was taken for: the skb that begins with it, or the allocation that then got no data. */
    private String use(Entry taken) {
        if (follows(taken, EventKind.DATA_FAILED)) {
            return forWay(entries.get(at));
        }
        if (!follows(taken, EventKind.BORN)) {
            return "";
        }
        final Entry born = entries.get(at++);
        lives++;
        if (follows(taken, EventKind.DATA_TAKEN)) {
            at++;
        }
        return forWay(born);
    }

    private static String forWay(Entry entry) {
        return " for " + WayIn.values()[entry.detail()].kernelName();
    }

    private String failed(Entry taken) {
        if (!follows(taken, EventKind.DATA_FAILED)) {
            return "";
        }
        at++;
        return ", found no data for it" + destination(taken);
    }

    private String born(Entry born) {
        lives++;
        if (follows(born, EventKind.DATA_TAKEN)) {
            at++;
        }
        return "made its second twin an skb: " + WayIn.values()[born.detail()].kernelName();
    }

    /** What was released, which way the skb ended, and where the head went. */
    private String ending(Entry first) {
        final List<String> released = new ArrayList<>();
        String adopted = "";
        at--;
        while (at < entries.size() && entries.get(at).step() == first.step()) {
            final Entry entry = entries.get(at);
            switch (entry.kind()) {
                case UNHOLD -> released.add(thing(entry));
                case DATA_DROPPED -> {
                    if (entry.skb() != head) {
                        return withoutEnd(released);
                    }
                    released.add("data");
                }
                case DATA_ADOPTED -> {
                    if (entry.head() != head) {
                        return adoption(entry, released);
                    }
                    adopted = aggregate(entry);
                }
                case DIED -> {
                    at++;
                    return "ended its skb by " + WayOut.values()[entry.detail()].kernelName() + adopted + list(released)
                            + destination(entry);
                }
                default -> {
                    return withoutEnd(released);
                }
            }
            at++;
        }
        return withoutEnd(released);
    }

    /** Another head's frame was merged into this one's skb. */
    private String adoption(Entry entry, List<String> released) {
        if (!released.isEmpty()) {
            return withoutEnd(released);
        }
        at++;
        return "merged the frame of " + Head.name(entry.head()) + " into its skb, which took over the data";
    }

    private static String droppedElsewhere(Entry entry) {
        return "freed data that was its own once, with the skb of " + Head.name(entry.skb());
    }

    private static String withoutEnd(List<String> released) {
        return "released " + String.join(" and ", released);
    }

    private static String aggregate(Entry entry) {
        return entry.detail() == Head.NONE
                ? ", an aggregate took over its data"
                : ", " + Head.name(entry.detail()) + " took over its data";
    }

    private static String list(List<String> released) {
        return released.isEmpty() ? "" : ", released " + String.join(" and ", released);
    }

    private String destination(Entry before) {
        if (follows(before, EventKind.PUT)) {
            return ", put it in its cache, " + entries.get(at++).detail() + " in it";
        }
        if (follows(before, EventKind.SET_ASIDE)) {
            return ", set it aside for cpu-" + entries.get(at++).detail() + ", which owns it";
        }
        if (follows(before, EventKind.SINGLE_FREE)) {
            at++;
            return ", gave it to the slab";
        }
        return "";
    }

    private boolean follows(Entry before, EventKind kind) {
        return at < entries.size()
                && entries.get(at).step() == before.step()
                && entries.get(at).kind() == kind
                && entries.get(at).head() == head;
    }

    private static String thing(Entry entry) {
        return Held.of(entry.detail()).name().toLowerCase(Locale.ROOT);
    }

    private static String company(Entry entry, String words) {
        return entry.company() > 1 ? words + entry.company() : "";
    }

    private static String forPartner(Entry entry) {
        return entry.partner() == null ? "" : " for " + entry.partner();
    }

    private static String fromPartner(Entry entry) {
        return entry.partner() == null ? "" : " from " + entry.partner();
    }
}
