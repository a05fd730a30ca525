package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NicMessage;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskMessage;
import headcache.step.EventKind;
import headcache.verify.Recorded.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The history of a CPU, read along by a machine that says at each point what should come next.
 *
 * <p>What the CPU took is input, and so are the slab's answers; where it stood still meanwhile is passed over. Events
 * and messages must be what is expected, each in its order.
 */
final class Script {
    private static final int SHOWN = 8;

    private final List<Entry> entries;
    private final List<Entry.Sent> sent = new ArrayList<>();
    private final ArrayDeque<SlabReply> answers = new ArrayDeque<>();
    private final Consumer<Entry.Took> arrivals;
    private int cursor;
    private int sentCursor;
    private boolean owed;

    /** The history and what is expected differ here. */
    static final class Difference extends RuntimeException {
        Difference(String message) {
            super(message);
        }
    }

    /**
     * Reads {@code entries} from the beginning.
     *
     * @param arrivals is shown every message that the CPU took, but for answers to what it asked for
     */
    Script(List<Entry> entries, Consumer<Entry.Took> arrivals) {
        this.entries = entries;
        this.arrivals = arrivals;
        for (final Entry entry : entries) {
            if (entry instanceof Entry.Sent letter) {
                sent.add(letter);
            }
        }
    }

    /** Says that {@code kind} happens now. */
    void expect(EventKind kind, int head, int detail) {
        final Entry next = peek();
        if (!(next instanceof Entry.Did did) || did.kind() != kind || did.head() != head || did.detail() != detail) {
            throw new Difference(
                    "expected " + text(new Entry.Did(kind, head, detail)) + ", but there is " + text(next) + place());
        }
        cursor++;
    }

    /** Says that {@code message} is sent now. */
    void expectSent(ActorName to, Message message) {
        final Entry.Sent expected = new Entry.Sent(to, message);
        final Entry next = sentCursor < sent.size() ? sent.get(sentCursor) : null;
        if (!isSame(expected, next) && !text(expected).equals(text(next))) {
            throw new Difference("expected " + text(expected) + ", but there is " + text(next) + place());
        }
        sentCursor++;
    }

    /** Compares the messages of which there are most without writing them out. */
    private static boolean isSame(Entry.Sent expected, @Nullable Entry next) {
        if (next instanceof Entry.Sent letter
                && letter.to().equals(expected.to())
                && letter.message() instanceof SlabMessage.BulkFree free
                && expected.message() instanceof SlabMessage.BulkFree other) {
            return free.acknowledge() == other.acknowledge()
                    && free.from().equals(other.from())
                    && free.fromNode().equals(other.fromNode())
                    && Arrays.equals(free.heads(), other.heads());
        }
        return expected.equals(next);
    }

    /** Lets the CPU take its next message while it has nothing to do; whether there is one. */
    boolean takeNext() {
        final Entry next = peek();
        if (next == null) {
            if (sentCursor < sent.size()) {
                throw new Difference("nothing more is expected, but there is " + text(sent.get(sentCursor)));
            }
            return false;
        }
        take(next);
        return true;
    }

    /** The slab's next answer to a request. */
    SlabReply answer() {
        standStill();
        final SlabReply answer = answers.poll();
        if (answer == null) {
            throw new Difference("an answer of the slab is expected, but there is " + text(peek()) + place());
        }
        return answer;
    }

    /** Says that a slab call was made that is acknowledged: the CPU stands still before it does anything else. */
    void owe() {
        owed = true;
    }

    /** Lets the slab acknowledge what is owed; what arrives meanwhile is taken. */
    void settle() {
        if (owed) {
            owed = false;
            standStill();
        }
    }

    private void standStill() {
        if (!isNow(EventKind.SUSPENDED)) {
            throw new Difference("the CPU has to wait for the slab, but there is " + text(peek()) + place());
        }
        cursor++;
        while (!isNow(EventKind.RESUMED)) {
            final Entry next = peek();
            if (next == null) {
                throw new Difference("the CPU stands still for ever" + place());
            }
            take(next);
        }
        cursor++;
        owed = false; // what was called meanwhile, for a defer list that refused something, is settled with the rest
    }

    private boolean isNow(EventKind kind) {
        return peek() instanceof Entry.Did did && did.kind() == kind;
    }

    private void take(Entry next) {
        if (!(next instanceof Entry.Took took)) {
            throw new Difference("nothing is expected, but there is " + text(next) + place());
        }
        cursor++;
        if (took.message() instanceof SlabReply.Refused || !(took.message() instanceof SlabReply reply)) {
            arrivals.accept(took);
        } else if (!(reply instanceof SlabReply.Freed)) {
            answers.add(reply);
        }
    }

    private @Nullable Entry peek() {
        while (cursor < entries.size() && entries.get(cursor) instanceof Entry.Sent) {
            cursor++;
        }
        return cursor < entries.size() ? entries.get(cursor) : null;
    }

    private String place() {
        final StringBuilder text = new StringBuilder(" at line " + cursor + " of " + entries.size() + ", after");
        for (int i = Math.max(0, cursor - SHOWN); i < cursor; i++) {
            text.append("\n    ").append(text(entries.get(i)));
        }
        return text.toString();
    }

    private static String text(@Nullable Entry entry) {
        if (entry instanceof Entry.Did did) {
            return did.kind() + " " + Head.name(did.head()) + " " + did.detail();
        } else if (entry instanceof Entry.Took took) {
            return "take " + text(took.message());
        } else if (entry instanceof Entry.Sent letter) {
            return "send " + letter.to() + " " + text(letter.message());
        }
        return "the end";
    }

    /** Arrays are written out; a batch or poll that is sent on is the same object, so its name will do. */
    private static String text(Message message) {
        if (message instanceof DriverMessage.BatchDone done) {
            return "BatchDone " + done.who() + text(done.slots()) + done.failed() + " " + done.cancelled();
        } else if (message instanceof NicMessage.PollDone done) {
            return "PollDone " + done.cpu() + " " + done.napi() + " " + done.received() + " " + done.dropped()
                    + text(done.stillShared());
        } else if (message instanceof NicMessage.Transmit transmit) {
            return "Transmit " + transmit.queue() + text(transmit.skbs());
        } else if (message instanceof TaskMessage.Deliver deliver) {
            return "Deliver" + text(deliver.skbs());
        } else if (message instanceof CpuMessage.HandOver heads) {
            return "HandOver " + heads.from() + Arrays.toString(heads.heads());
        } else if (message instanceof CpuMessage.GiveBack heads) {
            return "GiveBack " + heads.from() + Arrays.toString(heads.heads());
        } else if (message instanceof CpuMessage.Adopt napi) {
            return "Adopt " + napi.napi() + napi.fragsSkb() + Arrays.toString(napi.held());
        } else if (message instanceof SlabMessage.BulkFree free) {
            return "BulkFree " + free.from() + free.fromNode() + Arrays.toString(free.heads()) + free.acknowledge();
        } else if (message instanceof DepotMessage.TradeForEmpty trade) {
            return "TradeForEmpty " + trade.from() + Arrays.toString(trade.heads()) + trade.acknowledge();
        } else if (message instanceof CpuMessage.Poll poll) {
            return "Poll " + poll.napi() + text(poll.completions()) + poll.frames().length;
        }
        return Objects.toString(message);
    }

    private static String text(@Nullable Skb[] skbs) {
        return Arrays.toString(skbs);
    }
}
