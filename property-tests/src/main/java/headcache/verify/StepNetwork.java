package headcache.verify;

import headcache.cpu.CpuStep;
import headcache.machine.MachinePlan;
import headcache.memory.SlabStep;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.DepotId;
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.NodeId;
import headcache.protocol.TaskId;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Out;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/**
 * The steps of a machine, joined by first-in-first-out channels, one for each pair of sender and receiver, as Akka
 * promises order for each pair of actors and nothing more. Which channel delivers next is drawn from a seeded
 * generator, so one seed is one interleaving.
 *
 * <p>One thread, no actor system: a delivery costs little more than the step itself.
 */
public final class StepNetwork {
    /** The schedule that delivers messages in the order in which they were sent. */
    public static final long OLDEST_FIRST = 0;

    /** How many deliveries a channel keeps its rank under the schedules that rank channels. */
    private static final int EPOCH = 32;

    private final Map<ActorName, Step<?>> steps = new HashMap<>();
    private final Map<Ends, Channel> channels = new HashMap<>();
    private final ArrayList<Channel> ready = new ArrayList<>();
    private final ArrayList<Letter> outside = new ArrayList<>();
    private final EventLog log = new EventLog();
    private final Tap tap;
    private final List<Integer> slabOfNode;
    private final long schedule;
    private final SplittableRandom dice;
    private long sent;
    private long delivered;

    private record Ends(ActorName from, ActorName to) {}

    private record Numbered(long number, Message message) {}

    private static final class Channel {
        final Ends ends;
        final int number;
        final ArrayDeque<Numbered> letters = new ArrayDeque<>();

        Channel(Ends ends, int number) {
            this.ends = ends;
            this.number = number;
        }
    }

    /** A message that left the network, because its receiver is not here. */
    public record Letter(ActorName from, ActorName to, Message message) {}

    /** The steps of {@code plan}, but for its drivers, watched by its tap, under {@code schedule}. */
    public StepNetwork(MachinePlan plan, long schedule) {
        this.tap = plan.tap();
        this.slabOfNode = plan.slabOfNode();
        this.schedule = schedule;
        this.dice = new SplittableRandom(schedule);
        for (int i = 0; i < plan.cpus().size(); i++) {
            add(new CpuId(i), plan.cpus().get(i));
        }
        for (int i = 0; i < plan.depots().size(); i++) {
            add(new DepotId(i), plan.depots().get(i));
        }
        for (int i = 0; i < plan.tasks().size(); i++) {
            add(new TaskId(i), plan.tasks().get(i));
        }
        for (int i = 0; i < plan.nics().size(); i++) {
            add(new NicId(i), plan.nics().get(i));
        }
        plan.slabs().forEach((node, step) -> add(NodeId.of(node), step));
    }

    /** Adds the actor {@code name}. */
    public void add(ActorName name, Step<?> step) {
        steps.put(name, step);
    }

    /** Puts {@code message} into the channel between two actors; what is asked of a memoryless node goes to its nearest. */
    public void send(ActorName from, ActorName to, Message message) {
        final ActorName receiver = to instanceof NodeId node ? NodeId.of(slabOfNode.get(node.index())) : to;
        if (!steps.containsKey(receiver)) {
            outside.add(new Letter(from, receiver, message));
            return;
        }
        final Channel channel =
                channels.computeIfAbsent(new Ends(from, receiver), ends -> new Channel(ends, channels.size()));
        if (channel.letters.isEmpty()) {
            ready.add(channel);
        }
        channel.letters.add(new Numbered(sent++, message));
    }

    /** Delivers one message; whether there was one. */
    public boolean deliver() {
        if (ready.isEmpty()) {
            return false;
        }
        deliverFrom(next());
        return true;
    }

    /**
     * Delivers the oldest message between two actors.
     *
     * @throws IllegalStateException if there is none
     */
    public void deliver(ActorName from, ActorName to) {
        final Ends ends = new Ends(from, to);
        for (int i = 0; i < ready.size(); i++) {
            if (ready.get(i).ends.equals(ends)) {
                deliverFrom(i);
                return;
            }
        }
        throw new IllegalStateException("nothing is on its way: from=" + from + ", to=" + to);
    }

    /**
     * Delivers until nothing is on its way.
     *
     * @param limit the most messages that may be delivered
     * @throws IllegalStateException if more were sent: the machine never comes to rest
     */
    public void settle(long limit) {
        final long last = delivered + limit;
        while (deliver()) {
            if (delivered > last) {
                throw new IllegalStateException("no rest: delivered=" + delivered + ", waiting="
                        + ready.stream().map(channel -> channel.ends).toList());
            }
        }
    }

    private void deliverFrom(int index) {
        final Channel channel = ready.get(index);
        final Message message = channel.letters.remove().message();
        if (channel.letters.isEmpty()) {
            ready.set(index, ready.get(ready.size() - 1));
            ready.remove(ready.size() - 1);
        }
        delivered++;
        take(channel.ends.to(), message);
    }

    /** A step takes a message; as in a shell, the tap sees the step before its messages leave. */
    private void take(ActorName who, Message message) {
        final Step<?> step = steps.get(who);
        if (step == null) {
            throw new IllegalStateException("nobody of that name: " + who);
        }
        final Outbox outbox = new Outbox(who);
        on(step, message, outbox);
        tap.onStep(who, message, step, log);
        log.clear();
        outbox.leave();
    }

    @SuppressWarnings(
            "unchecked") // The sender chose the message for the receiver's kind of actor, as with a Directory.
    private static <M extends Message> void on(Step<M> step, Message message, Out out) {
        step.on((M) message, out);
    }

    private final class Outbox implements Out {
        private final ActorName from;
        private final ArrayList<Letter> letters = new ArrayList<>();

        Outbox(ActorName from) {
            this.from = from;
        }

        @Override
        public void send(ActorName to, Message message) {
            letters.add(new Letter(from, to, message));
        }

        @Override
        public void event(EventKind kind, int head, int detail) {
            log.add(kind, head, detail);
        }

        void leave() {
            for (final Letter letter : letters) {
                StepNetwork.this.send(from, letter.to(), letter.message());
            }
        }
    }

    /** Even schedules let any channel go on; odd ones keep some waiting as long as others have messages. */
    private int next() {
        if (ready.size() == 1) {
            return 0;
        } else if (schedule == OLDEST_FIRST) {
            return first(channel -> channel.letters.element().number());
        } else if (schedule % 2 == 0) {
            return dice.nextInt(ready.size());
        }
        return first(this::rank);
    }

    private long rank(Channel channel) {
        return new SplittableRandom(schedule + delivered / EPOCH * 1_000_003 + channel.number).nextInt();
    }

    private int first(ToLongFunction<Channel> order) {
        int first = 0;
        for (int i = 1; i < ready.size(); i++) {
            if (order.applyAsLong(ready.get(i)) < order.applyAsLong(ready.get(first))) {
                first = i;
            }
        }
        return first;
    }

    /** Messages on their way. */
    public int underWay() {
        return ready.stream().mapToInt(channel -> channel.letters.size()).sum();
    }

    /** Messages delivered so far. */
    public long delivered() {
        return delivered;
    }

    /** What was sent to actors that are not here, such as the machine, in order. */
    public List<Letter> outside() {
        return List.copyOf(outside);
    }

    /** The step of an actor, to be read only. */
    public <S extends Step<?>> S step(ActorName who, Class<S> kind) {
        return Recorded.within(kind, steps.get(who));
    }

    /** The step of a CPU, to be read only. */
    public CpuStep cpu(int index) {
        return step(new CpuId(index), CpuStep.class);
    }

    /** The step of a slab, to be read only. */
    public SlabStep slab(NodeId node) {
        return step(node, SlabStep.class);
    }
}
