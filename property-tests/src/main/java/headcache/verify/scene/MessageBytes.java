package headcache.verify.scene;

import headcache.audit.AuditMessage;
import headcache.audit.SumBytes;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Frame;
import headcache.protocol.HeldUnit;
import headcache.protocol.MachineMessage;
import headcache.protocol.Marker;
import headcache.protocol.Message;
import headcache.protocol.NicMessage;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskMessage;
import headcache.protocol.Via;
import headcache.skb.Encoding;
import headcache.step.StateBytes;
import org.jspecify.annotations.Nullable;

/** Writes messages so that equal bytes mean equal messages. */
final class MessageBytes {
    private MessageBytes() {}

    static void put(StateBytes bytes, Message message) {
        if (message instanceof Via via) {
            bytes.put(24);
            Encoding.put(bytes, via.from());
            put(bytes, via.message());
            return;
        }
        if (message instanceof SlabMessage slab && putSlab(bytes, slab)) {
            return;
        }
        if (message instanceof SlabReply reply) {
            putReply(bytes, reply);
        } else if (message instanceof CpuMessage cpu && !(message instanceof Marker)) {
            putCpu(bytes, cpu);
        } else {
            putOther(bytes, message);
        }
    }

    private static boolean putSlab(StateBytes bytes, SlabMessage message) {
        if (message instanceof SlabMessage.BulkAlloc ask) {
            bytes.put(1);
            Encoding.put(bytes, ask.from());
            bytes.put(ask.count());
        } else if (message instanceof SlabMessage.SingleAlloc ask) {
            bytes.put(2);
            Encoding.put(bytes, ask.from());
            bytes.put(ask.kind().ordinal());
            bytes.put(ask.anyNode());
            bytes.put(ask.entitled());
        } else if (message instanceof SlabMessage.PassedOn ask) {
            putPassedOn(bytes, ask);
        } else if (message instanceof SlabMessage.BulkFree free) {
            bytes.put(4);
            Encoding.put(bytes, free.from());
            Encoding.put(bytes, free.fromNode());
            bytes.put(free.heads(), free.heads().length);
            bytes.put(free.acknowledge());
        } else if (message instanceof SlabMessage.SingleFree free) {
            bytes.put(5);
            Encoding.put(bytes, free.from());
            Encoding.put(bytes, free.fromNode());
            bytes.put(free.head());
            bytes.put(free.half());
            bytes.put(free.acknowledge());
        } else {
            return putSetting(bytes, message);
        }
        return true;
    }

    private static boolean putSetting(StateBytes bytes, SlabMessage message) {
        if (message instanceof SlabMessage.Failslab fault) {
            bytes.put(40);
            bytes.put(fault.times());
        } else if (message instanceof SlabMessage.LimitPages limit) {
            bytes.put(41);
            bytes.put(limit.pages());
        } else if (message instanceof SlabMessage.PreferRemote setting) {
            bytes.put(42);
            bytes.put(setting.ratio());
        } else {
            return false;
        }
        return true;
    }

    private static void putPassedOn(StateBytes bytes, SlabMessage.PassedOn ask) {
        bytes.put(3);
        Encoding.put(bytes, ask.from());
        Encoding.put(bytes, ask.origin());
        bytes.put(ask.kind().ordinal());
        bytes.put(ask.count());
        bytes.put(ask.bulk());
        bytes.put(ask.anyNode());
        bytes.put(ask.entitled());
        bytes.put(ask.phase().ordinal());
        bytes.put(ask.visited());
        bytes.put(ask.collected(), ask.collected().length);
    }

    private static void putReply(StateBytes bytes, SlabReply reply) {
        if (reply instanceof SlabReply.BulkAllocated answer) {
            bytes.put(6);
            bytes.put(answer.heads(), answer.heads().length);
        } else if (reply instanceof SlabReply.Allocated answer) {
            bytes.put(7);
            bytes.put(answer.head());
            bytes.put(answer.reserve());
        } else if (reply instanceof SlabReply.Refused refused) {
            bytes.put(45);
            bytes.put(refused.heads(), refused.heads().length);
        } else {
            bytes.put(8);
        }
    }

    private static void putCpu(StateBytes bytes, CpuMessage message) {
        if (message instanceof CpuMessage.Batch batch) {
            bytes.put(9);
            Encoding.put(bytes, batch.from());
            bytes.put(batch.ops().length);
            for (final Op op : batch.ops()) {
                Encoding.put(bytes, op);
            }
            put(bytes, batch.slots());
        } else if (message instanceof CpuMessage.Poll poll) {
            bytes.put(10);
            Encoding.put(bytes, poll.from());
            bytes.put(poll.napi().index());
            put(bytes, poll.completions());
            put(bytes, poll.frames());
        } else if (message instanceof CpuMessage.HardInterrupt interrupt) {
            bytes.put(11);
            Encoding.put(bytes, interrupt.skb());
        } else if (message instanceof CpuMessage.Adopt adopt) {
            bytes.put(12);
            bytes.put(adopt.napi().index());
            Encoding.put(bytes, adopt.fragsSkb());
            bytes.put(adopt.held().length);
            for (final HeldUnit unit : adopt.held()) {
                Encoding.put(bytes, unit);
            }
        } else {
            putOrder(bytes, message);
        }
    }

    private static void putOrder(StateBytes bytes, CpuMessage message) {
        if (message instanceof CpuMessage.Offline order) {
            bytes.put(13);
            Encoding.put(bytes, order.from());
            bytes.put(order.parked().ordinal());
            Encoding.put(bytes, order.survivor());
        } else if (message instanceof CpuMessage.Online order) {
            bytes.put(14);
            Encoding.put(bytes, order.from());
        } else if (message instanceof CpuMessage.HandOver given) {
            bytes.put(15);
            Encoding.put(bytes, given.from());
            bytes.put(given.heads(), given.heads().length);
        } else if (message instanceof CpuMessage.GiveBack given) {
            bytes.put(46);
            Encoding.put(bytes, given.from());
            bytes.put(given.heads(), given.heads().length);
        } else if (message instanceof CpuMessage.Drain order) {
            bytes.put(16);
            Encoding.put(bytes, order.from());
        } else if (message instanceof CpuMessage.FailData fault) {
            bytes.put(43);
            bytes.put(fault.times());
        } else if (message instanceof CpuMessage.Defer deferred) {
            bytes.put(45);
            Encoding.put(bytes, deferred.from());
            Encoding.put(bytes, deferred.fromNode());
            Encoding.put(bytes, deferred.skb());
        } else if (message instanceof CpuMessage.Deferred answer) {
            bytes.put(46);
            Encoding.put(bytes, answer.refused());
        } else if (message instanceof CpuMessage.FreeHere free) {
            bytes.put(47);
            Encoding.put(bytes, free.from());
            Encoding.put(bytes, free.skb());
        } else if (message instanceof CpuMessage.Peek ask) {
            bytes.put(48);
            Encoding.put(bytes, ask.from());
        } else if (message instanceof CpuMessage.Peeked answer) {
            bytes.put(49);
            bytes.put(answer.head());
        } else {
            throw unknown(message);
        }
    }

    private static void putAudit(StateBytes bytes, Message message) {
        if (message instanceof Marker marker) {
            bytes.put(25);
            Encoding.put(bytes, marker.from());
            Encoding.put(bytes, marker.audit());
            bytes.put(marker.cut());
        } else if (message instanceof AuditMessage.Begin begin) {
            bytes.put(26);
            Encoding.put(bytes, begin.from());
        } else if (message instanceof AuditMessage.Counted counted) {
            bytes.put(27);
            SumBytes.put(bytes, counted);
        } else {
            throw unknown(message);
        }
    }

    private static void putOther(StateBytes bytes, Message message) {
        if (message instanceof TaskMessage.Deliver delivery) {
            bytes.put(17);
            put(bytes, delivery.skbs());
        } else if (message instanceof NicMessage.Arrive arrived) {
            bytes.put(50);
            bytes.put(arrived.frames().length);
            for (final NicMessage.Hashed hashed : arrived.frames()) {
                bytes.put(hashed.hash());
                Encoding.put(bytes, hashed.frame());
            }
        } else if (message instanceof NicMessage.Receive receive) {
            bytes.put(18);
            bytes.put(receive.queue());
            put(bytes, receive.frames());
        } else if (message instanceof NicMessage.Transmit transmit) {
            bytes.put(19);
            bytes.put(transmit.queue());
            put(bytes, transmit.skbs());
        } else if (message instanceof NicMessage.PollDone done) {
            bytes.put(20);
            Encoding.put(bytes, done.cpu());
            bytes.put(done.napi().index());
            bytes.put(done.received());
            bytes.put(done.dropped());
            put(bytes, done.stillShared());
        } else if (message instanceof DriverMessage.BatchDone done) {
            bytes.put(21);
            Encoding.put(bytes, done.who());
            put(bytes, done.slots());
            bytes.put(done.failed());
            bytes.put(done.cancelled());
        } else if (message instanceof DepotMessage.TradeForFull trade) {
            bytes.put(43);
            Encoding.put(bytes, trade.from());
            Encoding.put(bytes, trade.fromNode());
        } else if (message instanceof DepotMessage.TradeForEmpty trade) {
            bytes.put(44);
            Encoding.put(bytes, trade.from());
            bytes.put(trade.heads(), trade.heads().length);
            bytes.put(trade.acknowledge());
        } else if (message instanceof MachineMessage.Drained drained) {
            bytes.put(22);
            Encoding.put(bytes, drained.who());
        } else if (message instanceof MachineMessage.Switched switched) {
            bytes.put(23);
            Encoding.put(bytes, switched.cpu());
            bytes.put(switched.online());
        } else {
            putAudit(bytes, message);
        }
    }

    private static void put(StateBytes bytes, @Nullable Skb[] skbs) {
        bytes.put(skbs.length);
        for (final Skb skb : skbs) {
            Encoding.put(bytes, skb);
        }
    }

    private static void put(StateBytes bytes, Frame[] frames) {
        bytes.put(frames.length);
        for (final Frame frame : frames) {
            Encoding.put(bytes, frame);
        }
    }

    private static IllegalArgumentException unknown(Message message) {
        return new IllegalArgumentException("no such message in a scene: " + message);
    }
}
