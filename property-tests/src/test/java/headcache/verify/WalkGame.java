package headcache.verify;

import headcache.memory.NodeConfig;
import headcache.memory.SlabStep;
import headcache.memory.ZoneLists;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
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
import headcache.protocol.SlabReply;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.step.Out;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The slab steps of a machine and a script of numbers that decides what is asked, what is freed and which message
 * between nodes arrives next. As in Akka, messages from one node to another keep their order and no others do.
 */
final class WalkGame implements Out {
    /** What a game is played with: for each node its slab of heads, which that of pairs is like, and its neighbours. */
    record Machine(SlabConfig slab, int[][] zones, int ratio, long seed) {}

    /** One request; its number is the CPU that asks. */
    record Request(int node, int count, boolean bulk, boolean entitled) {}

    /** A message that one node sent to another. */
    record Hop(int from, int to, SlabMessage message) {}

    /** What a request got. */
    record Answer(int request, int[] heads) {}

    private static final int CHOICES = 1009;
    private static final int MOVES = 10;

    /** Numbers of a script are below this. */
    static final int NUMBERS = MOVES * CHOICES;

    private final Machine machine;
    private final List<SlabStep> steps = new ArrayList<>();
    private final List<Deque<SlabMessage>> channels = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Hop> hops = new ArrayList<>();
    private final List<String> strays = new ArrayList<>();
    private final List<Integer> held = new ArrayList<>();
    private final List<Integer> halves = new ArrayList<>();
    private int current;

    WalkGame(Machine machine) {
        this.machine = machine;
        final ZoneLists zones = ZoneLists.of(machine.zones);
        for (int node = 0; node < nodes(); node++) {
            steps.add(new SlabStep(new NodeConfig(
                    new NodeId(node), zones, machine.slab, machine.slab, machine.ratio, machine.seed + node)));
        }
        for (int i = 0; i < nodes() * nodes(); i++) {
            channels.add(new ArrayDeque<>());
        }
    }

    int nodes() {
        return machine.zones.length;
    }

    /** Plays one move. */
    void play(int number) {
        final int choice = number / MOVES;
        final int node = choice % nodes();
        switch (number % MOVES) {
            case 0, 1 -> bulk(node, 1 + choice / nodes() % 12);
            case 2 -> single(node, SlabKind.HEAD, choice);
            case 3 -> single(node, SlabKind.FCLONE, choice);
            case 4 -> freeOne(choice);
            case 5 -> freeSome(choice);
            default -> deliver(choice);
        }
    }

    void bulk(int node, int count) {
        requests.add(new Request(node, count, true, false));
        tell(node, new BulkAlloc(new CpuId(requests.size() - 1), count));
    }

    void single(int node, SlabKind kind, int choice) {
        single(node, kind, choice / 8 % 2 == 0, choice / 16 % 2 == 0);
    }

    void single(int node, SlabKind kind, boolean anyNode, boolean entitled) {
        requests.add(new Request(node, 1, false, entitled));
        tell(node, new SingleAlloc(new CpuId(requests.size() - 1), kind, anyNode, entitled));
    }

    /** Delivers all messages, oldest of each channel first. */
    void settle() {
        while (channels.stream().anyMatch(channel -> !channel.isEmpty())) {
            deliver(0);
        }
    }

    @Override
    public void send(ActorName to, Message message) {
        if (to instanceof NodeId node) {
            hops.add(new Hop(current, node.index(), (SlabMessage) message));
            channels.get(current * nodes() + node.index()).add((SlabMessage) message);
        } else if (to instanceof CpuId cpu && message instanceof SlabReply.BulkAllocated reply) {
            answer(cpu.index(), reply.heads());
        } else if (to instanceof CpuId cpu && message instanceof SlabReply.Allocated reply) {
            answer(cpu.index(), reply.head() == Head.NONE ? new int[0] : new int[] {reply.head()});
        }
    }

    @Override
    public void event(EventKind kind, int head, int detail) {
        if (Head.node(head) != current || detail != current) {
            strays.add(kind + " " + Head.name(head) + " at " + current);
        }
    }

    SlabStep step(int node) {
        return steps.get(node);
    }

    List<Request> requests() {
        return requests;
    }

    List<Answer> answers() {
        return answers;
    }

    Answer lastAnswer() {
        return answers.get(answers.size() - 1);
    }

    List<Hop> hops() {
        return hops;
    }

    /** Events of heads at a node that is not their home. */
    List<String> strays() {
        return strays;
    }

    /** Heads that requests got and nobody gave back, then those in messages between nodes. */
    List<Integer> outside() {
        final List<Integer> heads = new ArrayList<>(held);
        for (final Deque<SlabMessage> channel : channels) {
            for (final SlabMessage message : channel) {
                Arrays.stream(headsIn(message)).forEach(heads::add);
            }
        }
        return heads;
    }

    /** Heads of {@code node} that its slab has handed out, sorted by kind and index. */
    List<Integer> out(int node) {
        final int all = (machine.slab.pageLimit() + machine.slab.reservePages()) * machine.slab.headsPerPage();
        return IntStream.concat(
                        IntStream.range(0, all)
                                .map(index -> Head.plain(node, index))
                                .filter(step(node).slab(SlabKind.HEAD)::isOut),
                        IntStream.range(0, all)
                                .map(index -> Head.fclone(node, index))
                                .filter(step(node).slab(SlabKind.FCLONE)::isOut))
                .boxed()
                .toList();
    }

    private static int[] headsIn(SlabMessage message) {
        if (message instanceof PassedOn request) {
            return request.collected();
        }
        return message instanceof BulkFree free ? free.heads() : new int[0];
    }

    private void answer(int request, int[] heads) {
        answers.add(new Answer(request, heads));
        Arrays.stream(heads).forEach(held::add);
    }

    private void freeOne(int choice) {
        if (held.isEmpty()) {
            return;
        }
        final int head = held.get(choice % held.size());
        final boolean half = Head.isFclone(head) && (halves.contains(head) || choice / 64 % 2 == 0);
        if (half && !halves.contains(head)) {
            halves.add(head);
        } else {
            held.remove((Integer) head);
            halves.remove((Integer) head);
        }
        tell(
                Head.node(head),
                new SingleFree(new CpuId(0), new NodeId(choice % nodes()), head, half, choice / 32 % 2 == 0));
    }

    /** Frees every second plain head, one message for each home. */
    private void freeSome(int choice) {
        for (int node = 0; node < nodes(); node++) {
            final int home = node;
            final List<Integer> mine = held.stream()
                    .filter(head -> Head.node(head) == home && !Head.isFclone(head))
                    .filter(head -> (Head.index(head) + choice) % 2 == 0)
                    .toList();
            held.removeAll(mine);
            tell(
                    home,
                    new BulkFree(
                            new CpuId(0),
                            new NodeId(choice % nodes()),
                            mine.stream().mapToInt(Integer::intValue).toArray(),
                            choice / 32 % 2 == 0));
        }
    }

    private void deliver(int choice) {
        for (int i = 0; i < channels.size(); i++) {
            final int channel = (choice + i) % channels.size();
            if (!channels.get(channel).isEmpty()) {
                tell(channel % nodes(), channels.get(channel).remove());
                return;
            }
        }
    }

    private void tell(int node, SlabMessage message) {
        current = node;
        step(node).on(message, this);
    }
}
