package headcache.memory;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.slab.NodeSlab;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.step.Out;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The slab steps of a machine, with the messages between them in the hands of a test. */
final class SlabNet implements Out {
    static final CpuId CPU = new CpuId(0);

    /** A message under way. */
    record Sent(ActorName to, Message message) {}

    private final List<SlabStep> steps = new ArrayList<>();
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private final List<Sent> seen = new ArrayList<>();
    private final List<Sent> replies = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    /** Nodes equally far apart with 4 heads to a page, a page limit each, and no minimum of partial pages. */
    static SlabNet withLimits(int ratio, int... pageLimits) {
        return new SlabNet(
                ratio,
                Arrays.stream(pageLimits)
                        .mapToObj(limit -> new SlabConfig(4, 0, limit, 0))
                        .toArray(SlabConfig[]::new));
    }

    /** Nodes equally far apart; pairs are configured as heads are. */
    SlabNet(int ratio, SlabConfig... configs) {
        this(ratio, equallyFar(configs.length), configs);
    }

    SlabNet(int ratio, ZoneLists zones, SlabConfig... configs) {
        for (int node = 0; node < configs.length; node++) {
            steps.add(new SlabStep(new NodeConfig(new NodeId(node), zones, configs[node], configs[node], ratio, node)));
        }
    }

    private static ZoneLists equallyFar(int nodes) {
        final boolean[] memory = new boolean[nodes];
        Arrays.fill(memory, true);
        return ZoneLists.equallyFar(memory);
    }

    @Override
    public void send(ActorName to, Message message) {
        final Sent sent = new Sent(to, message);
        (to instanceof NodeId ? underWay : replies).add(sent);
        if (to instanceof NodeId) {
            seen.add(sent);
        }
    }

    @Override
    public void event(EventKind kind, int head, int detail) {
        events.add(kind + " " + Head.name(head) + " at " + detail);
    }

    SlabStep step(int node) {
        return steps.get(node);
    }

    NodeSlab heads(int node) {
        return step(node).slab(SlabKind.HEAD);
    }

    /** Gives {@code message} to a node and leaves what it sends under way. */
    void tell(int node, SlabMessage message) {
        step(node).on(message, this);
    }

    /** Delivers the oldest message under way. */
    void deliver() {
        final Sent next = underWay.remove();
        tell(((NodeId) next.to()).index(), (SlabMessage) next.message());
    }

    void settle() {
        while (!underWay.isEmpty()) {
            deliver();
        }
    }

    /** Has {@code count} heads handed out by {@code node}, and forgets how that came about. */
    int[] out(int node, int count) {
        final int[] heads = bulk(node, count);
        seen.clear();
        replies.clear();
        events.clear();
        return heads;
    }

    /** The heads that a bulk request to {@code node} gets, or none. */
    int[] bulk(int node, int count) {
        tell(node, new SlabMessage.BulkAlloc(CPU, count));
        settle();
        return ((SlabReply.BulkAllocated) lastReply().message()).heads();
    }

    /** The object that a single request to {@code node} gets. */
    int single(int node, SlabKind kind, boolean anyNode, boolean entitled) {
        tell(node, new SlabMessage.SingleAlloc(CPU, kind, anyNode, entitled));
        settle();
        return ((SlabReply.Allocated) lastReply().message()).head();
    }

    /** Gives heads back singly, each at its home, for a CPU of that node. */
    void free(int... heads) {
        for (final int head : heads) {
            final NodeId home = new NodeId(Head.node(head));
            tell(home.index(), new SlabMessage.SingleFree(CPU, home, head, false, false));
        }
    }

    Sent lastReply() {
        return replies.get(replies.size() - 1);
    }

    List<Sent> replies() {
        return replies;
    }

    /** What the nodes sent to one another, in order. */
    List<Sent> seen() {
        return seen;
    }

    List<String> events() {
        return events;
    }

    /** What the nodes passed on: receiver, phase, nodes visited, hops, heads collected. */
    List<String> walks() {
        return seen.stream()
                .filter(sent -> sent.message() instanceof SlabMessage.PassedOn)
                .map(sent -> {
                    final SlabMessage.PassedOn request = (SlabMessage.PassedOn) sent.message();
                    return sent.to() + " " + request.phase() + " visited=" + request.visited() + " hops="
                            + request.hops() + " collected=" + request.collected().length;
                })
                .toList();
    }

    /** Heads out, over all nodes. */
    int inUse() {
        return steps.stream().mapToInt(step -> step.slab(SlabKind.HEAD).inUse()).sum();
    }
}
