package headcache.skb;

import headcache.protocol.CpuMessage;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.HeldUnit;
import headcache.protocol.Message;
import headcache.protocol.NicMessage;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskMessage;
import headcache.step.HeadTaker;
import org.jspecify.annotations.Nullable;

/** Which heads a message carries from one actor to another. */
public final class Carried {
    private Carried() {}

    /** Gives {@code into} each head and each skb that {@code message} carries, in the order in which they are in it. */
    public static void each(Message message, HeadTaker into) {
        if (message instanceof SlabReply reply) {
            eachOfReply(reply, into);
        } else if (message instanceof SlabMessage request) {
            eachOfRequest(request, into);
        } else if (message instanceof DepotMessage.TradeForEmpty trade) {
            each(trade.heads(), into);
        } else if (message instanceof CpuMessage.Deferred answer) {
            eachOfAnswer(answer, into);
        } else if (message instanceof CpuMessage.Peeked answer && answer.head() != Head.NONE) {
            into.add(answer.head());
        } else if (message instanceof CpuMessage order) {
            eachOfOrder(order, into);
        } else if (message instanceof TaskMessage.Deliver delivery) {
            each(delivery.skbs(), into);
        } else if (message instanceof NicMessage.Transmit transmit) {
            each(transmit.skbs(), into);
        } else if (message instanceof NicMessage.PollDone done) {
            each(done.stillShared(), into);
        } else if (message instanceof DriverMessage.BatchDone done) {
            each(done.slots(), into);
        }
    }

    private static void eachOfReply(SlabReply reply, HeadTaker into) {
        if (reply instanceof SlabReply.BulkAllocated bulk) {
            each(bulk.heads(), into);
        } else if (reply instanceof SlabReply.Refused refused) {
            each(refused.heads(), into);
        } else if (reply instanceof SlabReply.Allocated one && one.head() != Head.NONE) {
            into.add(one.head());
        }
    }

    private static void eachOfRequest(SlabMessage request, HeadTaker into) {
        if (request instanceof SlabMessage.PassedOn passed) {
            each(passed.collected(), into);
        } else if (request instanceof SlabMessage.BulkFree free) {
            each(free.heads(), into);
        } else if (request instanceof SlabMessage.SingleFree free && free.half()) {
            into.addTwin(free.head());
        } else if (request instanceof SlabMessage.SingleFree free) {
            into.add(free.head());
        }
    }

    private static void eachOfAnswer(CpuMessage.Deferred answer, HeadTaker into) {
        final Skb refused = answer.refused();
        if (refused != null) {
            into.add(refused);
        }
    }

    private static void eachOfOrder(CpuMessage order, HeadTaker into) {
        if (order instanceof CpuMessage.Batch batch) {
            each(batch.slots(), into);
        } else if (order instanceof CpuMessage.Poll poll) {
            each(poll.completions(), into);
        } else if (order instanceof CpuMessage.HardInterrupt interrupt) {
            into.add(interrupt.skb());
        } else if (order instanceof CpuMessage.Defer deferred) {
            into.add(deferred.skb());
        } else if (order instanceof CpuMessage.FreeHere free) {
            into.add(free.skb());
        } else if (order instanceof CpuMessage.HandOver given) {
            each(given.heads(), into);
        } else if (order instanceof CpuMessage.GiveBack given) {
            each(given.heads(), into);
        } else if (order instanceof CpuMessage.Adopt moved) {
            final Skb frags = moved.fragsSkb();
            if (frags != null) {
                into.add(frags);
            }
            for (final HeldUnit unit : moved.held()) {
                into.add(unit.skb());
            }
        }
    }

    private static void each(int[] heads, HeadTaker into) {
        for (final int head : heads) {
            into.add(head);
        }
    }

    private static void each(@Nullable Skb[] skbs, HeadTaker into) {
        for (final Skb skb : skbs) {
            if (skb != null) {
                into.add(skb);
            }
        }
    }
}
