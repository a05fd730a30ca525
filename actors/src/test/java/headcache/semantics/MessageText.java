package headcache.semantics;

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
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A message as a short line: {@code BulkFree n0/3,n0/4 ack}. */
final class MessageText {
    private MessageText() {}

    static String of(Message message) {
        if (message instanceof SlabMessage slab) {
            return ofSlab(slab);
        } else if (message instanceof SlabReply.BulkAllocated answer) {
            return "BulkAllocated " + heads(answer.heads());
        } else if (message instanceof SlabReply.Allocated answer) {
            return "Allocated " + Head.name(answer.head());
        } else if (message instanceof SlabReply.Freed) {
            return "Freed";
        } else if (message instanceof SlabReply.Refused answer) {
            return "Refused " + heads(answer.heads());
        } else if (message instanceof DepotMessage.TradeForFull) {
            return "TradeForFull";
        } else if (message instanceof DepotMessage.TradeForEmpty trade) {
            return "TradeForEmpty " + heads(trade.heads()) + (trade.acknowledge() ? " ack" : "");
        } else if (message instanceof DriverMessage.BatchDone done) {
            return "BatchDone by " + done.who() + " failed " + done.failed() + " cancelled " + done.cancelled();
        } else if (message instanceof NicMessage.PollDone done) {
            return "PollDone " + done.cpu() + " received " + done.received() + " dropped " + done.dropped()
                    + (done.stillShared().length == 0 ? "" : " still shared " + skbs(done.stillShared()));
        } else if (message instanceof NicMessage.Transmit sent) {
            return "Transmit queue " + sent.queue() + " " + skbs(sent.skbs());
        } else if (message instanceof TaskMessage.Deliver delivered) {
            return "Deliver " + skbs(delivered.skbs());
        } else if (message instanceof CpuMessage.Deferred answer) {
            final Skb refused = answer.refused();
            return refused == null ? "Deferred" : "Deferred not " + Head.name(refused.head());
        } else if (message instanceof CpuMessage.Peeked answer) {
            return "Peeked " + Head.name(answer.head());
        } else if (message instanceof CpuMessage cpu) {
            return ofCpu(cpu);
        }
        return message.toString();
    }

    private static String ofSlab(SlabMessage message) {
        if (message instanceof SlabMessage.BulkAlloc ask) {
            return "BulkAlloc " + ask.count();
        } else if (message instanceof SlabMessage.SingleAlloc ask) {
            return "SingleAlloc " + ask.kind() + (ask.anyNode() ? " any" : " here")
                    + (ask.entitled() ? " entitled" : "");
        } else if (message instanceof SlabMessage.PassedOn ask) {
            return "PassedOn " + ask.phase() + " with " + heads(ask.collected());
        } else if (message instanceof SlabMessage.BulkFree free) {
            return "BulkFree " + heads(free.heads()) + (free.acknowledge() ? " ack" : "");
        } else if (message instanceof SlabMessage.SingleFree free) {
            return "SingleFree " + Head.name(free.head()) + (free.half() ? " half" : "")
                    + (free.acknowledge() ? " ack" : "");
        }
        return message.toString();
    }

    private static String ofCpu(CpuMessage message) {
        if (message instanceof CpuMessage.Poll poll) {
            return "Poll " + poll.napi() + " completions " + poll.completions().length + " frames "
                    + poll.frames().length;
        } else if (message instanceof CpuMessage.Batch batch) {
            return "Batch of " + batch.ops().length;
        } else if (message instanceof CpuMessage.FreeHere free) {
            return "FreeHere " + Head.name(free.skb().head());
        } else if (message instanceof CpuMessage.Defer deferred) {
            return "Defer " + Head.name(deferred.skb().head());
        } else if (message instanceof CpuMessage.HardInterrupt interrupt) {
            return "HardInterrupt " + Head.name(interrupt.skb().head());
        } else if (message instanceof CpuMessage.GiveBack given) {
            return "GiveBack " + heads(given.heads());
        } else if (message instanceof CpuMessage.HandOver order) {
            return "HandOver " + heads(order.heads());
        } else if (message instanceof CpuMessage.Adopt moved) {
            final Skb frags = moved.fragsSkb();
            return "Adopt " + moved.napi() + (frags == null ? "" : " napi->skb " + Head.name(frags.head()))
                    + " held "
                    + skbs(Arrays.stream(moved.held()).map(unit -> unit.skb()).toArray(Skb[]::new));
        }
        return message.toString();
    }

    static String heads(int[] heads) {
        return Arrays.stream(heads).mapToObj(Head::name).collect(Collectors.joining(","));
    }

    private static String skbs(@Nullable Skb[] skbs) {
        return Arrays.stream(skbs)
                .map(skb -> skb == null ? "-" : Head.name(skb.head()))
                .collect(Collectors.joining(","));
    }
}
