package headcache.cpu;

import headcache.protocol.ActorName;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.Head;
import headcache.protocol.HeldUnit;
import headcache.protocol.NicMessage;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Encoding;
import headcache.skb.SkbContext;
import headcache.skb.SlabLink;
import headcache.step.EventKind;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of a NAPI poll function: first the transmit completions, then the frames, then the GRO flush.
 *
 * <p>It suspends where it stands when the slab has to answer; the cursors are where it goes on.
 */
final class PollWork implements Work {
    /** How a driver calls each way in: from NAPI context, without a preferred node. */
    private static final Op.Allocate[] DRIVER_CALLS = driverCalls();

    private static final Skb[] NONE = {};

    private final CpuMessage.Poll poll;
    private final boolean refused;
    private final Outgoing outgoing;
    private int completed;
    private int received;
    private int got;
    private int dropped;
    private final List<Skb> stillShared;

    /**
     * Takes {@code poll}.
     *
     * @param refused whether its frames, which hold no head yet, are dropped because the backlog was full;
     *     completions always enter
     */
    PollWork(CpuMessage.Poll poll, boolean refused) {
        this(poll, refused, new Outgoing(refused ? 0 : poll.frames().length), new ArrayList<>(0));
    }

    private PollWork(CpuMessage.Poll poll, boolean refused, Outgoing outgoing, List<Skb> stillShared) {
        this.poll = poll;
        this.refused = refused;
        this.outgoing = outgoing;
        this.stillShared = stillShared;
    }

    private static Op.Allocate[] driverCalls() {
        final WayIn[] ways = WayIn.values();
        final Op.Allocate[] calls = new Op.Allocate[ways.length];
        for (final WayIn way : ways) {
            calls[way.ordinal()] = new Op.Allocate(way, 0, AllocFlag.NAPI.bit(), Op.ANY_NODE, false);
        }
        return calls;
    }

    @Override
    public boolean run(CpuStep cpu, Out out) {
        final SkbContext context = cpu.context();
        final NapiInstance napi = cpu.napi(poll.napi());
        if (refused) {
            dropAll(out);
        }
        return complete(context, out)
                && receive(context, napi, out)
                && flush(context, napi, out)
                && end(cpu, context, out);
    }

    private void dropAll(Out out) {
        while (received < poll.frames().length) {
            drop(poll.frames()[received++], out);
        }
    }

    private void drop(Frame frame, Out out) {
        dropped++;
        out.event(EventKind.FRAME_DROPPED, Head.NONE, frame.flow());
    }

    private boolean complete(SkbContext context, Out out) {
        final SlabLink link = context.link();
        while (completed < poll.completions().length) {
            if (link.isBusy()) {
                return false;
            }
            final Skb skb = poll.completions()[completed++];
            final Skb rest = context.releaser().napiConsumeSkb(skb, WayOut.NAPI_CONSUME_SKB, out);
            if (rest != null) {
                stillShared.add(rest);
            }
        }
        return true;
    }

    private boolean receive(SkbContext context, NapiInstance napi, Out out) {
        final SlabLink link = context.link();
        while (received < poll.frames().length) {
            if (link.isBusy()) {
                return false;
            }
            final Frame frame = poll.frames()[received];
            final Skb skb = skbFor(frame, context, napi, out);
            if (skb == null && link.isWaiting()) {
                return false;
            }
            received++;
            if (skb == null) {
                drop(frame, out);
            } else {
                got++;
                decide(frame, skb, context, napi, out);
            }
        }
        return true;
    }

    private static @Nullable Skb skbFor(Frame frame, SkbContext context, NapiInstance napi, Out out) {
        final Skb kept = frame.way() == WayIn.NAPI_GET_FRAGS ? napi.fragsSkb() : null;
        if (kept != null) {
            napi.setFragsSkb(null);
            return kept;
        }
        return context.allocator().allocate(DRIVER_CALLS[frame.way().ordinal()], out);
    }

    /** What GRO and the stack make of a frame. A frame to be merged starts a unit if its flow has none. */
    private void decide(Frame frame, Skb skb, SkbContext context, NapiInstance napi, Out out) {
        final int unit = napi.find(frame.flow());
        switch (frame.verdict()) {
            case PASS -> pass(frame.to(), frame.queue(), skb, context, out);
            case DROP -> context.releaser().kfreeSkb(skb, WayOut.KFREE_SKB, out);
            case HOLD -> hold(frame, skb, unit, context, napi, out);
            default -> {
                if (unit < 0) {
                    hold(frame, skb, unit, context, napi, out);
                } else {
                    merge(frame, skb, unit, context, napi, out);
                }
            }
        }
    }

    private static void merge(Frame frame, Skb skb, int unit, SkbContext context, NapiInstance napi, Out out) {
        final Skb aggregate = napi.held().get(unit).skb();
        switch (frame.verdict()) {
            case MERGE_STOLEN -> {
                napi.grow(unit, aggregate.adopting(skb.data()));
                context.releaser().freeStolenHead(skb, aggregate.head(), out);
            }
            case MERGE_FREE -> context.releaser().freeMerged(skb, out);
            case MERGE_LIST -> napi.grow(unit, context.releaser().link(skb, aggregate, out));
            case MERGE_REUSE -> reuse(frame, skb, context, napi, out);
            default -> throw new IllegalArgumentException("not a merge: verdict=" + frame.verdict());
        }
    }

    /** Only the frags path uses its skb again ({@code napi_frags_finish}); else it ends ({@code napi_skb_finish}). */
    private static void reuse(Frame frame, Skb skb, SkbContext context, NapiInstance napi, Out out) {
        if (frame.way() == WayIn.NAPI_GET_FRAGS) {
            napi.setFragsSkb(context.releaser().reuse(skb, out));
        } else {
            context.releaser().freeMerged(skb, out);
        }
    }

    /** A flow has one held unit; a frame that starts another sends the former on. */
    private void hold(Frame frame, Skb skb, int unit, SkbContext context, NapiInstance napi, Out out) {
        if (unit >= 0) {
            final HeldUnit former = napi.held().remove(unit);
            pass(former.to(), former.queue(), former.skb(), context, out);
        }
        napi.held().add(new HeldUnit(frame.flow(), skb, frame.to(), frame.queue()));
    }

    private boolean flush(SkbContext context, NapiInstance napi, Out out) {
        while (!napi.held().isEmpty()) {
            if (context.link().isBusy()) {
                return false;
            }
            final HeldUnit unit = napi.held().remove(0);
            pass(unit.to(), unit.queue(), unit.skb(), context, out);
        }
        return !context.link().isBusy();
    }

    private void pass(@Nullable ActorName to, int queue, Skb skb, SkbContext context, Out out) {
        if (to == null) {
            context.releaser().kfreeSkb(skb, WayOut.KFREE_SKB, out);
        } else {
            outgoing.add(to, queue, skb);
        }
    }

    private boolean end(CpuStep cpu, SkbContext context, Out out) {
        outgoing.send(out);
        if (!cpu.endPoll(context, out)) {
            return false;
        }
        cpu.countDropped(dropped);
        final Skb[] rest = stillShared.isEmpty() ? NONE : stillShared.toArray(NONE);
        out.send(poll.from(), new NicMessage.PollDone(cpu.id(), poll.napi(), got, dropped, rest));
        return true;
    }

    @Override
    public CpuMessage message() {
        return poll;
    }

    @Override
    public void count(HeadSums inUse) {
        inUse.add(poll.completions(), completed);
        stillShared.forEach(inUse::add);
        outgoing.count(inUse);
    }

    @Override
    public Work copy() {
        final PollWork copy = new PollWork(poll, refused, outgoing.copy(), new ArrayList<>(stillShared));
        copy.completed = completed;
        copy.received = received;
        copy.got = got;
        copy.dropped = dropped;
        return copy;
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(2);
        Encoding.put(bytes, poll.from());
        bytes.put(poll.napi().index());
        bytes.put(refused);
        bytes.put(got);
        bytes.put(dropped);
        bytes.put(stillShared.size());
        for (final Skb skb : stillShared) {
            Encoding.put(bytes, skb);
        }
        bytes.put(poll.completions().length - completed);
        for (int i = completed; i < poll.completions().length; i++) {
            Encoding.put(bytes, poll.completions()[i]);
        }
        bytes.put(poll.frames().length - received);
        for (int i = received; i < poll.frames().length; i++) {
            Encoding.put(bytes, poll.frames()[i]);
        }
        outgoing.encode(bytes);
    }
}
