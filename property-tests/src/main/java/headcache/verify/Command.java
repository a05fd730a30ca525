package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.DepotId;
import headcache.protocol.Frame;
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.TaskId;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a machine is told to do. Skbs are named by slots of the driver that gives the commands; a command
 * whose slot is empty, because an allocation failed, does nothing.
 *
 * <p>Each prints as one short line: {@code cpu-0 napi_build_skb s3}.
 */
public sealed interface Command {

    /** Who is told. Commands to the same actor are sent in their order. */
    ActorName at();

    /** The slots it takes skbs from or puts them into. */
    int[] slots();

    /**
     * One operation in the softirq of a CPU, or of a task.
     *
     * @param at a CPU or a task
     * @param op what it does, on slots of the driver
     * @param opensBatch whether it begins a new batch; otherwise it may share one with the command before it
     */
    record Call(ActorName at, Op op, boolean opensBatch) implements Command {
        @Override
        public int[] slots() {
            return slotsOf(op);
        }

        @Override
        public String toString() {
            return at + " " + text(op) + (opensBatch ? "" : " +");
        }
    }

    /**
     * Many skbs allocated and released, without the driver seeing any of them.
     *
     * @param at a CPU or a task
     * @param in how each is allocated
     * @param out how each is released
     * @param count how many
     * @param together whether all are allocated before the first is released
     */
    record Burst(ActorName at, WayIn in, WayOut out, int count, boolean together) implements Command {
        @Override
        public int[] slots() {
            return new int[0];
        }

        /** The operations of its batch, on as many places as skbs. */
        Op[] ops() {
            final Op[] ops = new Op[2 * count];
            for (int i = 0; i < count; i++) {
                ops[together ? i : 2 * i] = Op.allocate(in, i);
                ops[together ? count + i : 2 * i + 1] = Op.release(out, i);
            }
            return ops;
        }

        @Override
        public String toString() {
            return at + " " + count + " x " + in.kernelName() + (together ? ", then each " : " and ")
                    + out.kernelName();
        }
    }

    /** A hard interrupt on {@code at} that frees the skb of {@code slot}. */
    record Interrupt(CpuId at, int slot) implements Command {
        @Override
        public int[] slots() {
            return new int[] {slot};
        }

        @Override
        public String toString() {
            return at + " interrupt " + WayOut.DEV_KFREE_SKB_IRQ.kernelName() + " s" + slot;
        }
    }

    /** A poll on {@code at} that consumes {@code completions} and then receives {@code frames}. */
    record Poll(CpuId at, int[] completions, Frames frames) implements Command {
        @Override
        public int[] slots() {
            return completions.clone();
        }

        @Override
        public String toString() {
            return at + " poll"
                    + Arrays.stream(completions).mapToObj(slot -> " s" + slot).collect(Collectors.joining())
                    + ", receive " + frames;
        }
    }

    /** Frames that arrive at {@code queue} of a NIC. */
    record Receive(NicId at, int queue, Frames frames) implements Command {
        @Override
        public int[] slots() {
            return new int[0];
        }

        @Override
        public String toString() {
            return at + " queue " + queue + " receive " + frames;
        }
    }

    /** The skb of {@code slot} is delivered to a task, which reads and frees it. */
    record Deliver(TaskId at, int slot) implements Command {
        @Override
        public int[] slots() {
            return new int[] {slot};
        }

        @Override
        public String toString() {
            return at + " deliver s" + slot;
        }
    }

    /** The skb of {@code slot} is sent from {@code queue} of a NIC, which frees it once for each reference, a poll at a time. */
    record Transmit(NicId at, int queue, int slot) implements Command {
        @Override
        public int[] slots() {
            return new int[] {slot};
        }

        @Override
        public String toString() {
            return at + " queue " + queue + " transmit s" + slot;
        }
    }

    /**
     * A setting of a slab or CPU is changed while it runs, by fault injection or by whoever else uses the memory.
     *
     * @param at a node or a CPU
     * @param setting what it is told
     */
    record Set(ActorName at, Message setting) implements Command {
        @Override
        public int[] slots() {
            return new int[0];
        }

        @Override
        public String toString() {
            return at + " " + setting;
        }
    }

    /** A CPU goes offline. */
    record Offline(CpuId at, OfflinePolicy parked, CpuId survivor) implements Command {
        @Override
        public int[] slots() {
            return new int[0];
        }

        @Override
        public String toString() {
            return at + " offline " + parked + ", survivor " + survivor;
        }
    }

    /** A CPU comes back. */
    record Online(CpuId at) implements Command {
        @Override
        public int[] slots() {
            return new int[0];
        }

        @Override
        public String toString() {
            return at + " online";
        }
    }

    /** A CPU gives back everything it has. */
    record Drain(CpuId at) implements Command {
        @Override
        public int[] slots() {
            return new int[0];
        }

        @Override
        public String toString() {
            return at + " drain";
        }
    }

    /** A depot gives back everything it has. */
    record DrainDepot(DepotId at) implements Command {
        @Override
        public int[] slots() {
            return new int[0];
        }

        @Override
        public String toString() {
            return at + " drain";
        }
    }

    /**
     * Frames that are all alike.
     *
     * @param count how many
     * @param way how the driver builds their skbs
     * @param verdict what becomes of each
     * @param flow their flow
     * @param to where they go, null: nowhere
     * @param queue the transmit queue of a NIC they go to
     */
    record Frames(
            int count,
            WayIn way,
            Verdict verdict,
            int flow,
            @Nullable ActorName to,
            int queue) {
        /** The frames themselves. */
        Frame[] toArray() {
            return IntStream.range(0, count)
                    .mapToObj(i -> new Frame(way, verdict, flow, to, queue))
                    .toArray(Frame[]::new);
        }

        @Override
        public String toString() {
            return count + " x " + way.kernelName() + " " + verdict + " flow " + flow
                    + (to == null ? "" : " to " + to + (to instanceof NicId ? "/" + queue : ""));
        }
    }

    /** The slots that {@code op} names. */
    private static int[] slotsOf(Op op) {
        if (op instanceof Op.Allocate allocate) {
            return new int[] {allocate.slot()};
        } else if (op instanceof Op.BuildBulk bulk) {
            return bulk.slots().stream().mapToInt(Integer::intValue).toArray();
        } else if (op instanceof Op.Clone clone) {
            return new int[] {clone.slot(), clone.into()};
        } else if (op instanceof Op.Share share) {
            return new int[] {share.slot()};
        } else if (op instanceof Op.Attach attach) {
            return new int[] {attach.slot()};
        } else if (op instanceof Op.Release release) {
            return release.into() == Op.NO_SLOT
                    ? new int[] {release.slot()}
                    : new int[] {release.slot(), release.into()};
        }
        return new int[0];
    }

    /** {@code op} as people read it. */
    private static String text(Op op) {
        if (op instanceof Op.Allocate allocate) {
            return allocate.way().kernelName() + flags(allocate) + " s" + allocate.slot()
                    + (allocate.dataFails() ? " data fails" : "");
        } else if (op instanceof Op.BuildBulk bulk) {
            return "napi_skb_cache_get_bulk"
                    + bulk.slots().stream().map(slot -> " s" + slot).collect(Collectors.joining());
        } else if (op instanceof Op.Clone clone) {
            return WayIn.SKB_CLONE.kernelName() + " s" + clone.slot() + " into s" + clone.into();
        } else if (op instanceof Op.Share share) {
            return "skb_get s" + share.slot();
        } else if (op instanceof Op.Attach attach) {
            return "attach " + attach.what() + " s" + attach.slot();
        } else if (op instanceof Op.Release release) {
            return release.way().kernelName() + " s" + release.slot()
                    + (release.into() == Op.NO_SLOT ? "" : " into s" + release.into());
        }
        return "poll end";
    }

    private static String flags(Op.Allocate allocate) {
        final String flags = Arrays.stream(AllocFlag.values())
                .filter(flag -> flag.in(allocate.flags()))
                .map(Enum::name)
                .collect(Collectors.joining("|"));
        final String node = allocate.node() == Op.ANY_NODE ? "" : "node-" + allocate.node();
        final String both = flags + (flags.isEmpty() || node.isEmpty() ? "" : ",") + node;
        return both.isEmpty() ? "" : "(" + both + ")";
    }
}
