package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.Message;
import headcache.protocol.NicMessage;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import java.util.Arrays;

/** What one actor asked and was not answered yet: no answer comes twice or unasked, and in the end none is missing. */
final class Answers implements Laws {
    private final ActorName self;
    private final Findings findings;
    private int[] open = new int[8];
    private int count;

    /** What can be asked; a batch is known by how many slots it has, which no two have that are out. */
    private enum Kind {
        REFILL,
        SINGLE_ALLOC,
        FREE,
        BATCH,
        POLL,
        SWITCH,
        DRAIN,
        DEFER,
        PEEK;

        private static final int KEYS = 1 << 16;

        int number(int key) {
            return ordinal() * KEYS + key;
        }

        static String name(int number) {
            return values()[number / KEYS] + " " + number % KEYS;
        }
    }

    Answers(ActorName self, Findings findings) {
        this.self = self;
        this.findings = findings;
    }

    @Override
    public void sent(ActorName to, Message message) {
        if (isRefill(message)) {
            ask(Kind.REFILL, 0);
        } else if (message instanceof SlabMessage.SingleAlloc) {
            ask(Kind.SINGLE_ALLOC, 0);
        } else if ((message instanceof SlabMessage.BulkFree bulk && bulk.acknowledge())
                || (message instanceof DepotMessage.TradeForEmpty trade && trade.acknowledge())
                || (message instanceof SlabMessage.SingleFree single && single.acknowledge())) {
            ask(Kind.FREE, 0);
        } else if (message instanceof CpuMessage.GiveBack given && given.from().equals(self)) {
            ask(Kind.FREE, 0);
        } else if (message instanceof CpuMessage.Batch batch && batch.from().equals(self)) {
            ask(Kind.BATCH, batch.slots().length);
        } else if (message instanceof CpuMessage.Poll poll && poll.from().equals(self)) {
            ask(Kind.POLL, poll.napi().index());
        } else if (message instanceof CpuMessage.Offline || message instanceof CpuMessage.Online) {
            ask(Kind.SWITCH, 0);
        } else if (message instanceof CpuMessage.Defer || isFreeHere(message)) {
            ask(Kind.DEFER, 0);
        } else if (message instanceof CpuMessage.Peek peek && peek.from().equals(self)) {
            ask(Kind.PEEK, 0);
        } else if (message instanceof CpuMessage.Drain) {
            ask(Kind.DRAIN, key(to));
        }
    }

    @Override
    public void took(Message message) {
        if (message instanceof CpuMessage.GiveBack given && given.from().equals(self)) {
            answered(Kind.FREE, 0); // its own heads, sent on to it by a CPU that is offline
        } else if (message instanceof SlabReply reply) {
            answered(
                    reply instanceof SlabReply.BulkAllocated
                            ? Kind.REFILL
                            : reply instanceof SlabReply.Allocated ? Kind.SINGLE_ALLOC : Kind.FREE,
                    0);
        } else if (message instanceof DriverMessage.BatchDone done && !(done.who() instanceof DriverId)) {
            answered(Kind.BATCH, done.slots().length);
        } else if (message instanceof NicMessage.PollDone done) {
            answered(Kind.POLL, done.napi().index());
        } else if (message instanceof CpuMessage.Deferred) {
            answered(Kind.DEFER, 0);
        } else if (message instanceof CpuMessage.Peeked) {
            answered(Kind.PEEK, 0);
        } else if (message instanceof MachineMessage.Switched) {
            answered(Kind.SWITCH, 0);
        } else if (message instanceof MachineMessage.Drained done) {
            answered(Kind.DRAIN, key(done.who()));
        }
    }

    /** A depot passes a request on, and whom it is for is answered. */
    private boolean isRefill(Message message) {
        return message instanceof DepotMessage.TradeForFull
                || (message instanceof SlabMessage.BulkAlloc bulk && bulk.from().equals(self));
    }

    /** An offline CPU sends it on, and whom it is from is answered. */
    private boolean isFreeHere(Message message) {
        return message instanceof CpuMessage.FreeHere free && free.from().equals(self);
    }

    private static int key(ActorName drained) {
        return drained instanceof CpuId cpu ? cpu.index() : Kind.KEYS - 1 - ((DepotId) drained).index();
    }

    private void ask(Kind kind, int key) {
        if (count == open.length) {
            open = Arrays.copyOf(open, 2 * count);
        }
        open[count++] = kind.number(key);
    }

    private void answered(Kind kind, int key) {
        final int number = kind.number(key);
        for (int i = count - 1; i >= 0; i--) {
            if (open[i] == number) {
                open[i] = open[--count];
                return;
            }
        }
        findings.add(
                Invariant.ANSWERED,
                Head.NONE,
                self + " was answered twice or unasked: answered=" + Kind.name(number) + ", open=" + names());
    }

    /** Nothing is on its way: whoever waits, waits for ever. */
    void mustBeComplete() {
        if (count > 0) {
            findings.add(
                    Invariant.I15,
                    Head.NONE,
                    "nothing is on its way, but " + self + " waits for an answer: open=" + names());
        }
    }

    private String names() {
        return Arrays.stream(open, 0, count).mapToObj(Kind::name).toList().toString();
    }
}
