package headcache.middle;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.DepotReport;
import headcache.protocol.MachineMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.skb.DirectLink;
import headcache.skb.Encoding;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayDeque;

/**
 * The barn of a memory node: full sheaves on a stack, and empty ones, each up to its limit.
 *
 * <p>A CPU that wants a full one when there is none is served by the slab with a whole sheaf of heads, which goes
 * straight to that CPU. A full one for which there is no room goes back to the CPU that brought it. A barn gives
 * nothing to the slabs by itself, but for a drain.
 */
public final class BarnStep implements Step<DepotMessage> {
    private final DepotId id;
    private final Sheaves sheaves;

    /** Its own way to the slabs, for a drain. */
    private final DirectLink slabs;

    private final ArrayDeque<int[]> full = new ArrayDeque<>();

    /** Those who are told when all is home, during a drain. */
    private final ArrayDeque<ActorName> drainers = new ArrayDeque<>(0);

    /** Empty sheaves: where one comes from, or goes to, changes nothing that others see. */
    private int empties;

    private int most;
    private long fullGiven;
    private long passedOn;
    private long fullTaken;
    private long refused;
    private long drained;

    /** A barn of {@code memoryNode} without any sheaf. */
    public BarnStep(DepotId id, NodeId memoryNode, Sheaves sheaves) {
        this.id = id;
        this.sheaves = sheaves;
        this.slabs = new DirectLink(id, memoryNode, true);
    }

    private BarnStep(BarnStep other) {
        id = other.id;
        sheaves = other.sheaves;
        slabs = other.slabs.copy();
        full.addAll(other.full);
        drainers.addAll(other.drainers);
        empties = other.empties;
        most = other.most;
        fullGiven = other.fullGiven;
        passedOn = other.passedOn;
        fullTaken = other.fullTaken;
        refused = other.refused;
        drained = other.drained;
    }

    @Override
    public void on(DepotMessage message, Out out) {
        if (message instanceof DepotMessage.TradeForFull trade) {
            replaceEmpty(trade, out);
        } else if (message instanceof DepotMessage.TradeForEmpty trade) {
            replaceFull(trade, out);
        } else if (message instanceof SlabReply reply) {
            slabs.on(reply, out);
            endDrain(out);
        } else if (message instanceof CpuMessage.Drain order) {
            drainers.add(order.from());
            giveBackAll(out);
            endDrain(out);
        } else if (message instanceof CpuMessage.Report report) {
            out.send(report.from(), new MachineMessage.Reported(id, report()));
        } else {
            throw new IllegalArgumentException("not for a barn's step: barn=" + id + ", message=" + message);
        }
    }

    /** {@code barn_replace_empty_sheaf}; without a full one, {@code refill_sheaf}. */
    private void replaceEmpty(DepotMessage.TradeForFull trade, Out out) {
        final int[] sheaf = full.poll();
        if (sheaf == null) {
            passedOn++;
            out.send(trade.fromNode(), new SlabMessage.BulkAlloc(trade.from(), sheaves.heads()));
            return;
        }
        fullGiven++;
        empties = Math.min(sheaves.empty(), empties + 1);
        tell(EventKind.DEPOT_OUT, sheaf, out);
        out.send(trade.from(), new SlabReply.BulkAllocated(sheaf));
    }

    /** {@code barn_replace_full_sheaf}; an empty one is made if there is none. */
    private void replaceFull(DepotMessage.TradeForEmpty trade, Out out) {
        final int[] sheaf = trade.heads();
        FullMagazine.check(sheaf, sheaves.heads(), id);
        if (full.size() >= sheaves.full()) {
            refused++;
            out.send(trade.from(), new SlabReply.Refused(sheaf));
            return;
        }
        fullTaken++;
        empties = Math.max(0, empties - 1);
        full.push(sheaf);
        most = Math.max(most, full.size());
        tell(EventKind.DEPOT_IN, sheaf, out);
        out.send(trade.from(), SlabReply.Freed.FREED);
    }

    /** {@code barn_shrink}. */
    private void giveBackAll(Out out) {
        while (!full.isEmpty()) {
            final int[] sheaf = full.removeLast();
            drained++;
            tell(EventKind.DEPOT_REAPED, sheaf, out);
            slabs.giveBulk(sheaf, true, out);
        }
        empties = 0;
    }

    private void endDrain(Out out) {
        while (!drainers.isEmpty() && !slabs.isBusy()) {
            out.send(drainers.remove(), new MachineMessage.Drained(id));
        }
    }

    private static void tell(EventKind what, int[] sheaf, Out out) {
        for (int i = 0; i < sheaf.length; i++) {
            out.event(what, sheaf[i], i);
        }
    }

    /** The counters as they are now. */
    public DepotReport report() {
        return new DepotReport(
                full.size(),
                full.size() * sheaves.heads(),
                most,
                fullGiven,
                passedOn,
                fullTaken,
                refused,
                drained,
                empties);
    }

    @Override
    public BarnStep copy() {
        return new BarnStep(this);
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(full.size());
        for (final int[] sheaf : full) {
            bytes.put(sheaf, sheaf.length);
        }
        slabs.encode(bytes);
        bytes.put(drainers.size());
        drainers.forEach(drainer -> Encoding.put(bytes, drainer));
    }

    @Override
    public void count(HeadCount into) {
        full.forEach(into.inCache()::add);
    }
}
