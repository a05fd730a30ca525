package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.Head;
import headcache.protocol.HeldUnit;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskMessage;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One poll of the sequential machine: completions, frames, GRO flush, and then what leaves. */
final class NaivePoll {
    private final NaiveSkbs skbs;
    private final Script script;
    private final Napi napi;
    private final Map<Destination, List<Skb>> leaving = new LinkedHashMap<>();

    /** What a NAPI instance keeps from poll to poll. */
    static final class Napi {
        @Nullable
        Skb fragsSkb;

        final List<HeldUnit> held = new ArrayList<>();
    }

    private record Destination(ActorName to, int queue) {}

    NaivePoll(NaiveSkbs skbs, Script script, Napi napi) {
        this.skbs = skbs;
        this.script = script;
        this.napi = napi;
    }

    /** Runs it, without its frames if they are {@code refused}; what it is answered with. */
    NicMessage.PollDone run(CpuId cpu, CpuMessage.Poll poll, boolean refused) {
        if (refused) {
            for (final Frame frame : poll.frames()) {
                script.expect(EventKind.FRAME_DROPPED, Head.NONE, frame.flow());
            }
        }
        final List<Skb> shared = new ArrayList<>();
        for (final Skb skb : poll.completions()) {
            final Skb rest = skbs.consume(skb, WayOut.NAPI_CONSUME_SKB);
            if (rest != null) {
                shared.add(rest);
            }
            script.settle();
        }
        int received = 0;
        for (final Frame frame : refused ? new Frame[0] : poll.frames()) {
            final Skb skb = skbFor(frame);
            if (skb == null) {
                script.expect(EventKind.FRAME_DROPPED, Head.NONE, frame.flow());
            } else {
                received++;
                handle(frame, skb);
            }
            script.settle();
        }
        for (final HeldUnit unit : napi.held) {
            deliver(unit.to(), unit.queue(), unit.skb());
            script.settle();
        }
        napi.held.clear();
        leave();
        final int dropped = poll.frames().length - received;
        return new NicMessage.PollDone(cpu, poll.napi(), received, dropped, shared.toArray(new Skb[0]));
    }

    private @Nullable Skb skbFor(Frame frame) {
        final Skb kept = napi.fragsSkb;
        if (frame.way() == WayIn.NAPI_GET_FRAGS && kept != null) {
            napi.fragsSkb = null;
            return kept;
        }
        return skbs.allocate(new Op.Allocate(frame.way(), 0, AllocFlag.NAPI.bit(), Op.ANY_NODE, false));
    }

    private void handle(Frame frame, Skb skb) {
        final HeldUnit unit = napi.held.stream()
                .filter(held -> held.flow() == frame.flow())
                .findFirst()
                .orElse(null);
        switch (frame.verdict()) {
            case PASS -> deliver(frame.to(), frame.queue(), skb);
            case DROP -> deliver(null, 0, skb);
            case HOLD -> hold(frame, skb, unit);
            default -> {
                if (unit == null) {
                    hold(frame, skb, null);
                } else {
                    merge(frame, skb, unit);
                }
            }
        }
    }

    private void hold(Frame frame, Skb skb, @Nullable HeldUnit former) {
        if (former != null) {
            napi.held.remove(former);
            deliver(former.to(), former.queue(), former.skb());
        }
        napi.held.add(new HeldUnit(frame.flow(), skb, frame.to(), frame.queue()));
    }

    private void merge(Frame frame, Skb skb, HeldUnit unit) {
        Skb aggregate = unit.skb();
        switch (frame.verdict()) {
            case MERGE_STOLEN -> {
                skbs.stolen(skb, aggregate.head());
                aggregate = aggregate.adopting(skb.data());
            }
            case MERGE_LIST -> aggregate = skbs.link(skb, aggregate);
            case MERGE_REUSE -> napi.fragsSkb = skbs.reuse(skb);
            default -> skbs.merged(skb);
        }
        napi.held.set(napi.held.indexOf(unit), new HeldUnit(unit.flow(), aggregate, unit.to(), unit.queue()));
    }

    private void deliver(@Nullable ActorName to, int queue, Skb skb) {
        if (to == null) {
            skbs.kfree(skb, WayOut.KFREE_SKB);
        } else {
            leaving.computeIfAbsent(new Destination(to, queue), key -> new ArrayList<>())
                    .add(skb);
        }
    }

    private void leave() {
        leaving.forEach((destination, some) -> {
            some.forEach(skb -> script.expect(EventKind.SENT, skb.head(), Head.NONE));
            final Skb[] all = some.toArray(new Skb[0]);
            script.expectSent(
                    destination.to(),
                    destination.to() instanceof NicId
                            ? new NicMessage.Transmit(destination.queue(), all)
                            : new TaskMessage.Deliver(all));
        });
    }
}
