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
 * The depot: full magazines on a stack, as many as there come.
 *
 * <p>A CPU that wants a full one when there is none is served by the slab with one head, which goes straight to that
 * CPU: the depot waits for nobody. Full magazines are never filled here; they emerge where more heads are freed than
 * taken.
 *
 * <p>The <i>working set</i> of an interval is what the depot needed in it; the fewest magazines it had at any moment of
 * the interval were not needed, and go home. Intervals are counted in trades.
 */
public final class DepotStep implements Step<DepotMessage> {
    private final DepotId id;
    private final Magazines magazines;

    /** Its own way to the slabs, by which surplus goes home. */
    private final DirectLink slabs;

    private final ArrayDeque<int[]> full = new ArrayDeque<>();

    /** Trades since the interval began. */
    private int trades;

    /** The fewest full magazines since then. */
    private int fewest;

    /** Those who are told when all is home, during a drain. */
    private final ArrayDeque<ActorName> drainers = new ArrayDeque<>(0);

    private int most;
    private long fullGiven;
    private long passedOn;
    private long fullTaken;
    private long reaped;

    /**
     * A depot without any magazine.
     *
     * @param memoryNode where it is said to be when it frees heads, which only tells remote frees for the counters
     */
    public DepotStep(DepotId id, NodeId memoryNode, Magazines magazines) {
        this.id = id;
        this.magazines = magazines;
        this.slabs = new DirectLink(id, memoryNode, true);
    }

    private DepotStep(DepotStep other) {
        id = other.id;
        magazines = other.magazines;
        slabs = other.slabs.copy();
        full.addAll(other.full);
        trades = other.trades;
        fewest = other.fewest;
        drainers.addAll(other.drainers);
        most = other.most;
        fullGiven = other.fullGiven;
        passedOn = other.passedOn;
        fullTaken = other.fullTaken;
        reaped = other.reaped;
    }

    @Override
    public void on(DepotMessage message, Out out) {
        if (message instanceof DepotMessage.TradeForFull trade) {
            giveFull(trade, out);
            traded(out);
        } else if (message instanceof DepotMessage.TradeForEmpty trade) {
            takeFull(trade, out);
            traded(out);
        } else if (message instanceof SlabReply reply) {
            slabs.on(reply, out);
            endDrain(out);
        } else if (message instanceof CpuMessage.Drain order) {
            drainers.add(order.from());
            reap(full.size(), out);
            fewest = 0;
            endDrain(out);
        } else if (message instanceof CpuMessage.Report report) {
            out.send(report.from(), new MachineMessage.Reported(id, report()));
        } else {
            throw new IllegalArgumentException("not for a depot's step: depot=" + id + ", message=" + message);
        }
    }

    private void giveFull(DepotMessage.TradeForFull trade, Out out) {
        final int[] magazine = full.poll();
        if (magazine == null) {
            passedOn++;
            out.send(trade.fromNode(), new SlabMessage.BulkAlloc(trade.from(), 1));
            return;
        }
        fullGiven++;
        fewest = Math.min(fewest, full.size());
        tell(EventKind.DEPOT_OUT, magazine, out);
        out.send(trade.from(), new SlabReply.BulkAllocated(magazine));
    }

    private void takeFull(DepotMessage.TradeForEmpty trade, Out out) {
        FullMagazine.check(trade.heads(), magazines.rounds(), id);
        fullTaken++;
        full.push(trade.heads());
        most = Math.max(most, full.size());
        tell(EventKind.DEPOT_IN, trade.heads(), out);
        if (trade.acknowledge()) {
            out.send(trade.from(), SlabReply.Freed.FREED);
        }
    }

    /** Ends the interval if it is over: what was never needed in it goes home, the oldest first. */
    private void traded(Out out) {
        trades++;
        if (trades == magazines.interval()) {
            reap(fewest, out);
            trades = 0;
            fewest = full.size();
        }
    }

    private void reap(int surplus, Out out) {
        for (int i = 0; i < surplus; i++) {
            final int[] magazine = full.removeLast();
            reaped++;
            tell(EventKind.DEPOT_REAPED, magazine, out);
            slabs.giveBulk(magazine, true, out);
        }
    }

    /** What went home before the drain is waited for too. */
    private void endDrain(Out out) {
        while (!drainers.isEmpty() && !slabs.isBusy()) {
            out.send(drainers.remove(), new MachineMessage.Drained(id));
        }
    }

    private static void tell(EventKind what, int[] magazine, Out out) {
        for (int i = 0; i < magazine.length; i++) {
            out.event(what, magazine[i], i);
        }
    }

    /** The counters as they are now. */
    public DepotReport report() {
        return new DepotReport(
                full.size(), full.size() * magazines.rounds(), most, fullGiven, passedOn, fullTaken, 0, reaped, 0);
    }

    @Override
    public DepotStep copy() {
        return new DepotStep(this);
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(full.size());
        for (final int[] magazine : full) {
            bytes.put(magazine, magazine.length);
        }
        bytes.put(magazines.interval() == 0 ? 0 : trades);
        bytes.put(magazines.interval() == 0 ? 0 : fewest);
        slabs.encode(bytes);
        bytes.put(drainers.size());
        drainers.forEach(drainer -> Encoding.put(bytes, drainer));
    }

    @Override
    public void count(HeadCount into) {
        full.forEach(into.inCache()::add);
    }
}
