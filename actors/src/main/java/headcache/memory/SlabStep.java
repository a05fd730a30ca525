package headcache.memory;

import headcache.protocol.ActorName;
import headcache.protocol.Connect;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabMessage.BulkAlloc;
import headcache.protocol.SlabMessage.BulkFree;
import headcache.protocol.SlabMessage.Failslab;
import headcache.protocol.SlabMessage.LimitPages;
import headcache.protocol.SlabMessage.PassedOn;
import headcache.protocol.SlabMessage.PreferRemote;
import headcache.protocol.SlabMessage.SingleAlloc;
import headcache.protocol.SlabMessage.SingleFree;
import headcache.protocol.SlabPhase;
import headcache.protocol.SlabReply;
import headcache.slab.NodeSlab;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.HeadMisuse;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slab of one memory node: heads and fclone pairs, and what happens when this node has not enough of them.
 *
 * <p>A request looks in this order: partial pages here; partial pages of other nodes, if any node will do and the
 * dice say so; a new page here; the zone list; the reserve. It is passed on with what it has collected, so no slab
 * ever waits for another. Whoever finds that nobody is left to ask sends every collected head home and answers
 * "nothing". Two requests can both fail while each holds what the other lacks.
 */
public final class SlabStep implements Step<SlabMessage> {
    private static final int[] NOTHING = {};

    private final NodeConfig config;
    private final NodeSlab heads;
    private final PairSlab pairs;
    private final Dice dice;
    private final NodeCounters counters;
    /** How many requests are still refused by fault injection. */
    private int refusals;

    /** The slab of a node at boot, without any page. */
    public SlabStep(NodeConfig config) {
        this.config = config;
        this.heads = new NodeSlab(config.node(), SlabKind.HEAD, config.heads());
        this.pairs = new PairSlab(config.node(), config.pairs());
        this.dice = new Dice(config.remoteNodeDefragRatio(), config.seed());
        this.counters = new NodeCounters();
    }

    private SlabStep(SlabStep other) {
        config = other.config;
        heads = other.heads.copy();
        pairs = other.pairs.copy();
        dice = other.dice.copy();
        counters = new NodeCounters(other.counters);
        refusals = other.refusals;
    }

    @Override
    public void on(SlabMessage message, Out out) {
        if (message instanceof BulkAlloc bulk) {
            counters.bulkAllocs++;
            ask(first(bulk.from(), SlabKind.HEAD, bulk.count(), true, true, false), out);
        } else if (message instanceof BulkFree free) {
            bulkFree(free.heads(), free.fromNode(), out);
            acknowledge(free.acknowledge(), free.from(), out);
        } else if (message instanceof SingleAlloc single) {
            counters.singleAllocs++;
            ask(first(single.from(), single.kind(), 1, false, single.anyNode(), single.entitled()), out);
        } else if (message instanceof SingleFree free) {
            singleFree(free, out);
            acknowledge(free.acknowledge(), free.from(), out);
        } else if (message instanceof PassedOn request) {
            serve(request, out);
        } else if (message instanceof CpuMessage.Report report) {
            out.send(report.from(), new MachineMessage.Reported(config.node(), counters.report(heads, pairs.slab())));
        } else if (message instanceof Failslab fault) {
            refusals = fault.times();
        } else if (message instanceof LimitPages limit) {
            heads.limitPages(limit.pages());
        } else if (message instanceof PreferRemote setting) {
            dice.load(setting.ratio());
        } else if (message instanceof Connect) {
            throw new IllegalStateException("connected already: at=" + config.node());
        } else {
            throw new IllegalArgumentException("not for a slab's step: node=" + config.node() + ", message=" + message);
        }
    }

    /** What this node holds of {@code kind}; to be read only. */
    public NodeSlab slab(SlabKind kind) {
        return kind == SlabKind.HEAD ? heads : pairs.slab();
    }

    @Override
    public SlabStep copy() {
        return new SlabStep(this);
    }

    @Override
    public void encode(StateBytes bytes) {
        heads.encode(bytes);
        pairs.encode(bytes);
        dice.encode(bytes);
        bytes.put(refusals);
    }

    @Override
    public void count(HeadCount into) {
        heads.count(into.all(), into.inSlab());
        pairs.count(into.all(), into.inSlab());
    }

    private PassedOn first(ActorName from, SlabKind kind, int count, boolean bulk, boolean anyNode, boolean entitled) {
        return new PassedOn(
                from, config.node(), kind, count, bulk, anyNode, entitled, SlabPhase.LOCAL_PARTIAL, 0, 0, NOTHING);
    }

    /** Fault injection comes before anything is looked for, as {@code should_failslab} does. */
    private void ask(PassedOn request, Out out) {
        if (refusals > 0) {
            refusals--;
            giveUp(request, NOTHING, out);
        } else {
            serve(request, out);
        }
    }

    /** Serves a request as far as this node can, and passes it on, answers it, or gives up. */
    private void serve(PassedOn request, Out out) {
        final int[] collected = Arrays.copyOf(request.collected(), request.count());
        int have = request.collected().length;
        @Nullable Place place = Place.of(request);
        while (place != null) {
            have += take(request, place.phase(), collected, have, out);
            if (have == request.count()) {
                answer(request, collected, out);
                return;
            }
            place = next(request, place);
            if (place != null && !place.node(config.zones(), request.origin()).equals(config.node())) {
                passOn(request, place, Arrays.copyOf(collected, have), out);
                return;
            }
        }
        giveUp(request, Arrays.copyOf(collected, have), out);
    }

    /** Takes what {@code phase} allows here and the request still needs; returns how many. */
    private int take(PassedOn request, SlabPhase phase, int[] into, int at, Out out) {
        final NodeSlab slab = slab(request.kind());
        final int want = request.count() - at;
        final int taken = switch (phase) {
            case LOCAL_PARTIAL -> slab.takePartial(into, at, want, request.entitled());
            case REMOTE_PARTIAL -> slab.takeBeyondMinimum(into, at, want);
            case LOCAL_NEW_PAGE -> slab.takeNew(into, at, want);
            case ZONE_LIST -> takeForeign(slab, request.entitled(), into, at, want);
            case RESERVE -> slab.takeReserve(into, at);
        };
        for (int i = at; i < at + taken; i++) {
            out.event(EventKind.SLAB_OUT, into[i], config.node().index());
        }
        if (!request.origin().equals(config.node())) {
            counters.remoteOut += taken;
            counters.remoteOps += request.bulk() ? 0 : taken;
        }
        return taken;
    }

    private static int takeForeign(NodeSlab slab, boolean entitled, int[] into, int at, int want) {
        final int taken = slab.takePartial(into, at, want, entitled);
        return taken + slab.takeNew(into, at + taken, want - taken);
    }

    /** Where a request goes that {@code place} could not complete, or null if there is nobody left to ask. */
    private @Nullable Place next(PassedOn request, Place place) {
        final int others = config.zones().others(request.origin());
        return switch (place.phase()) {
            case LOCAL_PARTIAL ->
                request.anyNode() && others > 0 && dice.saysRemote()
                        ? new Place(SlabPhase.REMOTE_PARTIAL, 1)
                        : new Place(SlabPhase.LOCAL_NEW_PAGE, 0);
            case REMOTE_PARTIAL -> place.visited() < others ? place.further() : new Place(SlabPhase.LOCAL_NEW_PAGE, 0);
            case LOCAL_NEW_PAGE -> others > 0 ? new Place(SlabPhase.ZONE_LIST, 1) : reserve(request);
            case ZONE_LIST -> place.visited() < others ? place.further() : reserve(request);
            case RESERVE -> place.visited() < others ? place.further() : null;
        };
    }

    private static @Nullable Place reserve(PassedOn request) {
        return request.entitled() ? new Place(SlabPhase.RESERVE, 0) : null;
    }

    private void passOn(PassedOn request, Place place, int[] collected, Out out) {
        out.send(
                place.node(config.zones(), request.origin()),
                new PassedOn(
                        request.from(),
                        request.origin(),
                        request.kind(),
                        request.count(),
                        request.bulk(),
                        request.anyNode(),
                        request.entitled(),
                        place.phase(),
                        place.visited(),
                        request.hops() + 1,
                        collected));
    }

    private void answer(PassedOn request, int[] collected, Out out) {
        counters.longestWalk = Math.max(counters.longestWalk, request.hops());
        out.send(
                request.from(),
                request.bulk()
                        ? new SlabReply.BulkAllocated(collected)
                        : new SlabReply.Allocated(
                                collected[0], slab(request.kind()).isReserve(collected[0])));
    }

    /** Sends every collected head home and answers "nothing". */
    private void giveUp(PassedOn request, int[] collected, Out out) {
        counters.longestWalk = Math.max(counters.longestWalk, request.hops());
        if (request.bulk()) {
            counters.bulkAllocsFailed++;
        }
        int[] left = collected;
        while (left.length > 0) {
            final int home = Head.node(left[0]);
            sendHome(
                    new NodeId(home),
                    Arrays.stream(left).filter(head -> Head.node(head) == home).toArray(),
                    request.origin(),
                    out);
            left = Arrays.stream(left).filter(head -> Head.node(head) != home).toArray();
        }
        out.send(
                request.from(),
                request.bulk() ? new SlabReply.BulkAllocated(NOTHING) : new SlabReply.Allocated(Head.NONE));
    }

    private void sendHome(NodeId home, int[] own, NodeId origin, Out out) {
        if (home.equals(config.node())) {
            bulkFree(own, origin, out);
        } else {
            out.send(home, new BulkFree(config.node(), origin, own, false));
        }
    }

    private void bulkFree(int[] freed, NodeId fromNode, Out out) {
        final int operations = heads.bulkFree(freed);
        counters.synchronisedOps += operations;
        if (!fromNode.equals(config.node())) {
            counters.remoteOps += operations;
        }
        counters.bulkFrees++;
        counters.bulkFreedHeads += freed.length;
        for (final int head : freed) {
            cameIn(head, fromNode, out);
        }
    }

    private void singleFree(SingleFree free, Out out) {
        final int head = free.head();
        counters.singleFrees++;
        if (Head.isFclone(head)) {
            if (!pairs.free(head, free.half())) {
                out.event(EventKind.SLAB_HALF, head, config.node().index());
                return;
            }
        } else if (free.half()) {
            throw new HeadMisuse(
                    HeadMisuse.Rule.WRONG_SLAB,
                    head,
                    config.node().toString(),
                    "freed as one twin of a pair, but a plain head has no twin: half=true",
                    "");
        } else {
            heads.free(head);
        }
        if (!free.fromNode().equals(config.node())) {
            counters.remoteOps++;
        }
        cameIn(head, free.fromNode(), out);
    }

    private void cameIn(int head, NodeId fromNode, Out out) {
        if (!fromNode.equals(config.node())) {
            counters.remoteIn++;
        }
        out.event(EventKind.SLAB_IN, head, config.node().index());
    }

    private static void acknowledge(boolean wanted, ActorName to, Out out) {
        if (wanted) {
            out.send(to, SlabReply.Freed.FREED);
        }
    }
}
