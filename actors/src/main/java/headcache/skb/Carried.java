package headcache.skb;

import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.HeldUnit;
import headcache.protocol.Message;
import headcache.protocol.NicMessage;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskMessage;
import headcache.step.HeadSums;

/** Which heads a message carries from one actor to another. */
public final class Carried {
    private Carried() {}

    /** Adds the heads that {@code message} carries. */
    public static void count(Message message, HeadSums into) {
        if (message instanceof SlabReply reply) {
            countReply(reply, into);
        } else if (message instanceof SlabMessage request) {
            countRequest(request, into);
        } else if (message instanceof CpuMessage order) {
            countOrder(order, into);
        } else if (message instanceof TaskMessage.Deliver delivery) {
            into.add(delivery.skbs(), 0);
        } else if (message instanceof NicMessage.Transmit transmit) {
            into.add(transmit.skbs(), 0);
        } else if (message instanceof NicMessage.PollDone done) {
            into.add(done.stillShared(), 0);
        } else if (message instanceof DriverMessage.BatchDone done) {
            into.add(done.slots(), 0);
        }
    }

    private static void countReply(SlabReply reply, HeadSums into) {
        if (reply instanceof SlabReply.BulkAllocated bulk) {
            into.add(bulk.heads());
        } else if (reply instanceof SlabReply.Allocated one && one.head() != Head.NONE) {
            into.add(one.head());
        }
    }

    private static void countRequest(SlabMessage request, HeadSums into) {
        if (request instanceof SlabMessage.PassedOn passed) {
            into.add(passed.collected());
        } else if (request instanceof SlabMessage.BulkFree free) {
            into.add(free.heads());
        } else if (request instanceof SlabMessage.SingleFree free && free.half()) {
            into.addTwin(free.head());
        } else if (request instanceof SlabMessage.SingleFree free) {
            into.add(free.head());
        }
    }

    private static void countOrder(CpuMessage order, HeadSums into) {
        if (order instanceof CpuMessage.Batch batch) {
            into.add(batch.slots(), 0);
        } else if (order instanceof CpuMessage.Poll poll) {
            into.add(poll.completions(), 0);
        } else if (order instanceof CpuMessage.HardInterrupt interrupt) {
            into.add(interrupt.skb());
        } else if (order instanceof CpuMessage.HandOver given) {
            into.add(given.heads());
        } else if (order instanceof CpuMessage.Adopt moved) {
            into.add(moved.fragsSkb());
            for (final HeldUnit unit : moved.held()) {
                into.add(unit.skb());
            }
        }
    }
}
