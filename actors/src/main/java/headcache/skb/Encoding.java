package headcache.skb;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.DepotId;
import headcache.protocol.DriverId;
import headcache.protocol.Fragment;
import headcache.protocol.Frame;
import headcache.protocol.HeldUnit;
import headcache.protocol.Member;
import headcache.protocol.NicId;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskId;
import headcache.step.StateBytes;
import org.jspecify.annotations.Nullable;

/** How values of the protocol are written into a state. */
public final class Encoding {
    private Encoding() {}

    /** Writes {@code skb}, or that there is none. */
    public static void put(StateBytes bytes, @Nullable Skb skb) {
        bytes.put(skb != null);
        if (skb == null) {
            return;
        }
        bytes.put(skb.head());
        bytes.putCpu(skb.allocCpu());
        bytes.put(skb.twin().ordinal());
        bytes.put(skb.paired());
        bytes.put(skb.users());
        bytes.put(skb.data());
        bytes.put(skb.holds());
        bytes.put(skb.reserve());
        for (Fragment taken = skb.fragments(); taken != null; taken = taken.next()) {
            bytes.put(true);
            bytes.put(taken.data());
        }
        bytes.put(false);
        for (Member member = skb.members(); member != null; member = member.next()) {
            put(bytes, member.skb());
        }
        put(bytes, (Skb) null);
    }

    /** Writes {@code frame}. */
    public static void put(StateBytes bytes, Frame frame) {
        put(bytes, frame.way().ordinal(), frame.verdict().ordinal());
        bytes.put(frame.flow());
        put(bytes, frame.to());
        bytes.put(frame.queue());
    }

    /** Writes {@code unit}. */
    public static void put(StateBytes bytes, HeldUnit unit) {
        bytes.put(unit.flow());
        put(bytes, unit.skb());
        put(bytes, unit.to());
        bytes.put(unit.queue());
    }

    /** Writes {@code name}. */
    public static void put(StateBytes bytes, @Nullable ActorName name) {
        if (name instanceof CpuId cpu) {
            bytes.put(1);
            bytes.putCpu(cpu.index());
        } else if (name instanceof NodeId node) {
            put(bytes, 2, node.index());
        } else if (name instanceof TaskId task) {
            bytes.put(3);
            bytes.putCpu(task.index());
        } else if (name instanceof NicId nic) {
            put(bytes, 4, nic.index());
        } else if (name instanceof DriverId driver) {
            bytes.put(5);
            bytes.putDriver(driver.index());
        } else if (name instanceof DepotId depot) {
            put(bytes, 6, depot.index());
        } else {
            put(bytes, 0, name == null ? 0 : 1);
        }
    }

    private static void put(StateBytes bytes, int kind, int index) {
        bytes.put(kind);
        bytes.put(index);
    }

    /** Writes {@code op}. */
    public static void put(StateBytes bytes, Op op) {
        if (op instanceof Op.Allocate allocate) {
            put(bytes, 1, allocate.way().ordinal());
            put(bytes, allocate.slot(), allocate.flags());
            bytes.put(allocate.node());
            bytes.put(allocate.dataFails());
        } else if (op instanceof Op.Release release) {
            put(bytes, 2, release.way().ordinal());
            put(bytes, release.slot(), release.into());
        } else if (op instanceof Op.Clone clone) {
            bytes.put(3);
            put(bytes, clone.slot(), clone.into());
        } else if (op instanceof Op.Share share) {
            put(bytes, 4, share.slot());
        } else if (op instanceof Op.Attach attach) {
            put(bytes, 5, attach.slot());
            bytes.put(attach.what().ordinal());
        } else if (op instanceof Op.BuildBulk bulk) {
            put(bytes, 7, bulk.slots().size());
            bulk.slots().forEach(bytes::put);
        } else {
            bytes.put(6);
        }
    }
}
