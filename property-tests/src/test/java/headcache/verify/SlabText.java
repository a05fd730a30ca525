package headcache.verify;

import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.SlabMessage.BulkFree;
import headcache.protocol.SlabMessage.PassedOn;
import headcache.protocol.SlabReply.BulkAllocated;
import headcache.verify.Recorded.Entry;
import java.util.Arrays;
import java.util.List;

/** Compares and writes out what slabs do, arrays included. */
final class SlabText {
    private SlabText() {}

    static boolean isSame(List<Entry> some, List<Entry> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = isSame(some.get(i), others.get(i));
        }
        return same;
    }

    private static boolean isSame(Entry one, Entry other) {
        if (one instanceof Entry.Sent a
                && other instanceof Entry.Sent b
                && a.message().getClass() == b.message().getClass()) {
            return a.to().equals(b.to())
                    && Arrays.equals(heads(a.message()), heads(b.message()))
                    && bare(a.message()).equals(bare(b.message()));
        }
        return one.equals(other);
    }

    /** {@code message} without the heads that it carries. */
    private static Message bare(Message message) {
        if (message instanceof PassedOn on) {
            return new PassedOn(
                    on.from(),
                    on.origin(),
                    on.kind(),
                    on.count(),
                    on.bulk(),
                    on.anyNode(),
                    on.entitled(),
                    on.phase(),
                    on.visited(),
                    on.hops(),
                    NONE);
        } else if (message instanceof BulkFree free) {
            return new BulkFree(free.from(), free.fromNode(), NONE, free.acknowledge());
        }
        return message instanceof BulkAllocated ? NOTHING : message;
    }

    private static final int[] NONE = {};
    private static final Message NOTHING = new BulkAllocated(NONE);

    /** The heads that {@code message} carries in an array. */
    static int[] heads(Message message) {
        if (message instanceof PassedOn on) {
            return on.collected();
        } else if (message instanceof BulkFree free) {
            return free.heads();
        }
        return message instanceof BulkAllocated answer ? answer.heads() : NONE;
    }

    static String of(List<Entry> entries) {
        return entries.stream().map(SlabText::of).toList().toString();
    }

    static String of(Message message) {
        return bare(message)
                + Arrays.toString(
                        Arrays.stream(heads(message)).mapToObj(Head::name).toArray());
    }

    private static String of(Entry entry) {
        if (entry instanceof Entry.Did did) {
            return did.kind() + " " + Head.name(did.head());
        }
        return entry instanceof Entry.Sent sent ? "send " + sent.to() + " " + of(sent.message()) : entry.toString();
    }
}
