package headcache.verify;

import headcache.machine.MachineConfig;
import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabMessage.BulkAlloc;
import headcache.protocol.SlabMessage.BulkFree;
import headcache.protocol.SlabMessage.PassedOn;
import headcache.protocol.SlabMessage.SingleAlloc;
import headcache.protocol.SlabMessage.SingleFree;
import headcache.protocol.SlabPhase;
import headcache.protocol.SlabReply;
import headcache.step.EventKind;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The slab of one node as one would write it from the rules: every request has an itinerary, written out before it is
 * served, and each node takes from a {@link NaiveSlab}.
 *
 * <p>It reads along the history of a real slab and takes from it what the slab took and how its dice fell. Everything
 * else must be the same.
 */
final class NaiveNode {
    private static final int SURE = 1023;

    private final NodeId id;
    private final MachineConfig machine;
    private final Map<SlabKind, NaiveSlab> slabs = new EnumMap<>(SlabKind.class);
    private final Set<Integer> halves = new HashSet<>();
    private final List<Served> served = new ArrayList<>();
    private final List<Entry> expected = new ArrayList<>();
    private @Nullable String difference;

    /** A stop on the way of a request. */
    private record Stop(SlabPhase phase, int visited, NodeId node) {}

    /**
     * What a request got here in one step of the real slab.
     *
     * @param request the request as it came
     * @param heads heads that were handed out, and whether each is on a page of the reserve
     */
    record Served(PassedOn request, Map<Integer, Boolean> heads) {}

    private NaiveNode(NodeId id, MachineConfig machine) {
        this.id = id;
        this.machine = machine;
        slabs.put(SlabKind.HEAD, new NaiveSlab(machine.heads()));
        slabs.put(SlabKind.FCLONE, new NaiveSlab(machine.pairs()));
    }

    /** The node {@code id} of {@code machine} after everything that its slab took, or at the first difference. */
    static NaiveNode after(NodeId id, MachineConfig machine, List<Entry> history) {
        final NaiveNode node = new NaiveNode(id, machine);
        int at = 0;
        while (at < history.size() && node.difference == null) {
            int end = at + 1;
            while (end < history.size() && !(history.get(end) instanceof Entry.Took)) {
                end++;
            }
            node.read((Entry.Took) history.get(at), history.subList(at + 1, end));
            at = end;
        }
        return node;
    }

    /** The first difference, or null if there is none. */
    @Nullable
    String difference() {
        return difference;
    }

    /** What requests got here, in order. */
    List<Served> served() {
        return served;
    }

    /** What is free here, to be changed by nobody. */
    NaiveSlab slab(SlabKind kind) {
        return slabs.getOrDefault(kind, new NaiveSlab(machine.heads()));
    }

    private void read(Entry.Took took, List<Entry> did) {
        expected.clear();
        final SlabMessage message = (SlabMessage) took.message();
        final boolean remote = did.stream()
                .anyMatch(entry -> entry instanceof Entry.Sent sent
                        && sent.message() instanceof PassedOn on
                        && on.phase() == SlabPhase.REMOTE_PARTIAL);
        final PassedOn request = request(message);
        if (request != null) {
            serve(request, remote || request.phase() == SlabPhase.REMOTE_PARTIAL);
            served.add(new Served(request, handedOut(request.kind(), did)));
        } else if (message instanceof BulkFree free) {
            comeHome(SlabKind.HEAD, free.heads());
            acknowledge(free.acknowledge(), free.from());
        } else if (message instanceof SingleFree free) {
            freeOne(free);
            acknowledge(free.acknowledge(), free.from());
        }
        if (!SlabText.isSame(did, expected)) {
            difference = id + " took " + SlabText.of(message) + "\n  expected " + SlabText.of(expected)
                    + "\n  but did  " + SlabText.of(did);
        }
    }

    /** What is asked for, if {@code message} asks. */
    private @Nullable PassedOn request(SlabMessage message) {
        if (message instanceof BulkAlloc ask) {
            return first(ask.from(), SlabKind.HEAD, ask.count(), true, true, false);
        } else if (message instanceof SingleAlloc ask) {
            return first(ask.from(), ask.kind(), 1, false, ask.anyNode(), ask.entitled());
        }
        return message instanceof PassedOn request ? request : null;
    }

    private Map<Integer, Boolean> handedOut(SlabKind kind, List<Entry> did) {
        final Map<Integer, Boolean> heads = new LinkedHashMap<>();
        for (final Entry entry : did) {
            if (entry instanceof Entry.Did out && out.kind() == EventKind.SLAB_OUT) {
                heads.put(out.head(), slab(kind).isReserve(Head.index(out.head())));
            }
        }
        return heads;
    }

    private PassedOn first(ActorName from, SlabKind kind, int count, boolean bulk, boolean anyNode, boolean entitled) {
        return new PassedOn(from, id, kind, count, bulk, anyNode, entitled, SlabPhase.LOCAL_PARTIAL, 0, 0, new int[0]);
    }

    private void serve(PassedOn request, boolean remote) {
        final List<Integer> got =
                new ArrayList<>(Arrays.stream(request.collected()).boxed().toList());
        final List<Stop> ahead = itinerary(request, goesRemote(request, remote)).stream()
                .dropWhile(stop -> stop.phase() != request.phase() || stop.visited() != request.visited())
                .toList();
        for (final Stop stop : ahead) {
            if (!stop.node().equals(id)) {
                passOn(request, stop, got);
                return;
            }
            for (final int index : take(request, stop.phase(), request.count() - got.size())) {
                final int head = name(request.kind(), index);
                expected.add(new Entry.Did(EventKind.SLAB_OUT, head, id.index()));
                got.add(head);
            }
            if (got.size() == request.count()) {
                answer(request, got);
                return;
            }
        }
        giveUp(request, got);
    }

    private boolean goesRemote(PassedOn request, boolean saidTheDice) {
        final int ratio = machine.remoteNodeDefragRatio();
        return request.anyNode() && ratio > 0 && (ratio >= SURE || saidTheDice);
    }

    /** Everywhere that a request may go, in order. */
    private List<Stop> itinerary(PassedOn request, boolean remote) {
        final List<Stop> stops = new ArrayList<>();
        stops.add(new Stop(SlabPhase.LOCAL_PARTIAL, 0, request.origin()));
        if (remote) {
            addOthers(SlabPhase.REMOTE_PARTIAL, request, stops);
        }
        stops.add(new Stop(SlabPhase.LOCAL_NEW_PAGE, 0, request.origin()));
        addOthers(SlabPhase.ZONE_LIST, request, stops);
        if (request.entitled()) {
            stops.add(new Stop(SlabPhase.RESERVE, 0, request.origin()));
            addOthers(SlabPhase.RESERVE, request, stops);
        }
        return stops;
    }

    private void addOthers(SlabPhase phase, PassedOn request, List<Stop> stops) {
        final List<NodeId> others = others(request.origin());
        for (int i = 0; i < others.size(); i++) {
            stops.add(new Stop(phase, i + 1, others.get(i)));
        }
    }

    /** The other nodes with memory, the nearest first, the lower of two that are equally near. */
    private List<NodeId> others(NodeId origin) {
        return NodeRoutes.nearestFirst(machine.topology(), origin.index()).stream()
                .filter(other -> !other.equals(origin))
                .toList();
    }

    private List<Integer> take(PassedOn request, SlabPhase phase, int want) {
        final NaiveSlab slab = slab(request.kind());
        return switch (phase) {
            case LOCAL_PARTIAL -> slab.takePartial(want, request.entitled());
            case REMOTE_PARTIAL -> slab.takeBeyondMinimum(want);
            case LOCAL_NEW_PAGE -> slab.takeNew(want);
            case ZONE_LIST -> {
                final List<Integer> heads = new ArrayList<>(slab.takePartial(want, request.entitled()));
                heads.addAll(slab.takeNew(want - heads.size()));
                yield heads;
            }
            case RESERVE -> slab.takeReserve();
        };
    }

    private void passOn(PassedOn request, Stop stop, List<Integer> got) {
        send(
                stop.node(),
                new PassedOn(
                        request.from(),
                        request.origin(),
                        request.kind(),
                        request.count(),
                        request.bulk(),
                        request.anyNode(),
                        request.entitled(),
                        stop.phase(),
                        stop.visited(),
                        request.hops() + 1,
                        array(got)));
    }

    private void answer(PassedOn request, List<Integer> heads) {
        if (request.bulk()) {
            send(request.from(), new SlabReply.BulkAllocated(array(heads)));
        } else {
            send(
                    request.from(),
                    heads.isEmpty()
                            ? new SlabReply.Allocated(Head.NONE)
                            : new SlabReply.Allocated(
                                    heads.get(0), slab(request.kind()).isReserve(Head.index(heads.get(0)))));
        }
    }

    private void giveUp(PassedOn request, List<Integer> got) {
        got.stream().map(Head::node).distinct().forEach(home -> {
            final int[] own =
                    array(got.stream().filter(head -> Head.node(head) == home).toList());
            if (home == id.index()) {
                comeHome(SlabKind.HEAD, own);
            } else {
                send(NodeId.of(home), new BulkFree(id, request.origin(), own, false));
            }
        });
        answer(request, List.of());
    }

    private void comeHome(SlabKind kind, int[] heads) {
        slab(kind).free(Arrays.stream(heads).map(Head::index).boxed().toList());
        for (final int head : heads) {
            expected.add(new Entry.Did(EventKind.SLAB_IN, head, id.index()));
        }
    }

    private void freeOne(SingleFree free) {
        if (free.half() && halves.add(free.head())) {
            expected.add(new Entry.Did(EventKind.SLAB_HALF, free.head(), id.index()));
            return;
        }
        halves.remove(free.head());
        comeHome(Head.isFclone(free.head()) ? SlabKind.FCLONE : SlabKind.HEAD, new int[] {free.head()});
    }

    private void acknowledge(boolean wanted, ActorName to) {
        if (wanted) {
            send(to, SlabReply.Freed.FREED);
        }
    }

    private void send(ActorName to, Message message) {
        expected.add(new Entry.Sent(to, message));
    }

    private int name(SlabKind kind, int index) {
        return kind == SlabKind.HEAD ? Head.plain(id.index(), index) : Head.fclone(id.index(), index);
    }

    private static int[] array(List<Integer> heads) {
        return heads.stream().mapToInt(Integer::intValue).toArray();
    }
}
