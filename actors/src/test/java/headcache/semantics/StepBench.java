package headcache.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.machine.MachineConfig;
import headcache.machine.MachinePlan;
import headcache.machine.Topology;
import headcache.memory.SlabStep;
import headcache.nic.Queue;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Frame;
import headcache.protocol.MachineName;
import headcache.protocol.Message;
import headcache.protocol.NapiId;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A machine of steps on one thread: nothing moves but what the test moves.
 *
 * <p>What a test sends is taken at once. What the steps send to one another is in flight until the test
 * delivers it: all of it in order ({@link #settle}), or one message of one pair of actors at a time.
 */
final class StepBench {
    static final DriverId DRIVER = new DriverId(0);
    static final CpuId CPU = new CpuId(0);
    static final CpuId CPU_1 = new CpuId(1);
    static final TaskId TASK = new TaskId(0);
    static final DepotId DEPOT = new DepotId(0);
    static final NicId NIC = new NicId(0);
    static final NapiId NAPI = new NapiId(0);
    static final Skb[] NO_COMPLETIONS = {};
    static final NodeId NODE = NodeId.of(0);
    static final NodeId NODE_1 = NodeId.of(1);

    private record Letter(ActorName from, ActorName to, Message message) {
        @Override
        public String toString() {
            return from + " to " + to + ": " + MessageText.of(message);
        }
    }

    /** A step, what it takes, and what it told. */
    private final class Actor<M extends Message> implements Out {
        private final ActorName name;
        private final Class<M> takes;
        private final Step<M> step;
        private final EventText events;

        Actor(ActorName name, Class<M> takes, Step<M> step, EventText events) {
            this.name = name;
            this.takes = takes;
            this.step = step;
            this.events = events;
        }

        void take(Message message) {
            step.on(takes.cast(message), this);
        }

        @Override
        public void send(ActorName to, Message message) {
            if (to instanceof DriverId || to instanceof MachineName) {
                answers.add(message);
            } else {
                inFlight.add(new Letter(name, to, message));
            }
        }

        @Override
        public void event(EventKind kind, int head, int detail) {
            events.add(kind, head, detail);
        }
    }

    private final Map<ActorName, Actor<?>> actors = new LinkedHashMap<>();
    private final List<Letter> inFlight = new ArrayList<>();
    private final List<Message> answers = new ArrayList<>();
    private final List<Integer> slabOfNode;
    private @Nullable Skb[] slots = new Skb[256];

    StepBench(MachineConfig config) {
        final MachinePlan plan = config.plan((who, message, state, events) -> {});
        slabOfNode = plan.slabOfNode();
        addAll(plan.cpus(), CpuId::new, CpuMessage.class);
        plan.slabs().forEach((node, slab) -> add(NodeId.of(node), SlabMessage.class, slab, new EventText()));
        addAll(plan.depots(), DepotId::new, DepotMessage.class);
        addAll(plan.tasks(), TaskId::new, TaskMessage.class);
        addAll(plan.nics(), NicId::new, NicMessage.class);
    }

    private StepBench(StepBench other) {
        slabOfNode = other.slabOfNode;
        other.actors.values().forEach(this::addCopy);
        inFlight.addAll(other.inFlight);
        answers.addAll(other.answers);
        slots = other.slots.clone();
    }

    private <M extends Message> void addCopy(Actor<M> actor) {
        add(actor.name, actor.takes, actor.step.copy(), actor.events.copy());
    }

    private <M extends Message> void addAll(List<Step<M>> steps, IntFunction<ActorName> name, Class<M> takes) {
        for (int i = 0; i < steps.size(); i++) {
            add(name.apply(i), takes, steps.get(i), new EventText());
        }
    }

    private <M extends Message> void add(ActorName name, Class<M> takes, Step<M> step, EventText events) {
        actors.put(name, new Actor<>(name, takes, step, events));
    }

    /** One CPU on one node with as much memory as there can be. */
    static StepBench oneCpu() {
        return new StepBench(MachineConfig.of(Topology.even(1, 1)));
    }

    /** One CPU on one node, with another policy. */
    static StepBench oneCpu(CpuPolicy policy) {
        return new StepBench(MachineConfig.of(Topology.even(1, 1)).with(policy));
    }

    /** One CPU on one node that has {@code heads} heads in all. */
    static StepBench oneCpuWith(int heads) {
        return new StepBench(MachineConfig.of(Topology.even(1, 1)).withHeads(new SlabConfig(1, 0, heads, 0)));
    }

    /** As many CPUs as nodes, one on each. */
    static StepBench cpuPerNode(int nodes) {
        return new StepBench(MachineConfig.of(Topology.even(nodes, nodes)));
    }

    /** CPUs on one node. */
    static StepBench cpus(int cpus) {
        return new StepBench(MachineConfig.of(Topology.even(cpus, 1)));
    }

    /** One CPU and a NIC with these queues. */
    static StepBench withNic(int cpus, Queue... queues) {
        return new StepBench(MachineConfig.of(Topology.even(cpus, 1)).withNics(List.of(List.of(queues))));
    }

    // --- moving messages

    /** Lets {@code to} take {@code message} now. */
    void send(ActorName to, Message message) {
        actor(to).take(message);
    }

    /** Delivers everything in the order in which it was sent, until nothing is in flight. */
    void settle() {
        while (!inFlight.isEmpty()) {
            deliver(0);
        }
    }

    /** Delivers the oldest message that {@code from} sent to {@code to}. */
    void deliver(ActorName from, ActorName to) {
        for (int i = 0; i < inFlight.size(); i++) {
            if (inFlight.get(i).from.equals(from) && inFlight.get(i).to.equals(to)) {
                deliver(i);
                return;
            }
        }
        throw new AssertionError("nothing in flight from " + from + " to " + to + ": " + inFlight);
    }

    /** Delivers what slabs pass on to one another, and nothing else. */
    void walk() {
        int next = nextOfWalk();
        while (next >= 0) {
            deliver(next);
            next = nextOfWalk();
        }
    }

    private int nextOfWalk() {
        for (int i = 0; i < inFlight.size(); i++) {
            if (inFlight.get(i).from instanceof NodeId && inFlight.get(i).to instanceof NodeId) {
                return i;
            }
        }
        return -1;
    }

    /** Delivers the oldest message, whatever it is. */
    void deliverOldest() {
        deliver(0);
    }

    private void deliver(int index) {
        final Letter letter = inFlight.remove(index);
        actor(letter.to).take(letter.message);
    }

    private Actor<?> actor(ActorName name) {
        final ActorName who = name instanceof NodeId node ? NodeId.of(slabOfNode.get(node.index())) : name;
        return Objects.requireNonNull(actors.get(who), name::toString);
    }

    /** What is in flight: {@code cpu-0 to node-0: BulkAlloc 16}. */
    List<String> inFlight() {
        return inFlight.stream().map(Letter::toString).toList();
    }

    /** What drivers and the machine were told since the last call. */
    List<String> answers() {
        final List<String> lines = answers.stream().map(MessageText::of).toList();
        answers.clear();
        return lines;
    }

    /** The answers of {@code kind} since the last call of this or {@link #answers}. */
    <A extends Message> List<A> answers(Class<A> kind) {
        final List<A> wanted =
                answers.stream().filter(kind::isInstance).map(kind::cast).toList();
        answers.clear();
        return wanted;
    }

    // --- what happened

    /** What happened to heads at {@code who} since the last call. */
    List<String> heads(ActorName who) {
        return actor(who).events.takeOfHeads();
    }

    /** All that {@code who} told since the last call, standing still included. */
    List<String> events(ActorName who) {
        return actor(who).events.take();
    }

    /** Forgets what happened so far. */
    void forget() {
        actors.values().forEach(actor -> actor.events.take());
        answers.clear();
    }

    CpuStep cpu(CpuId id) {
        return (CpuStep) actor(id).step;
    }

    CpuReport report(CpuId id) {
        return cpu(id).report();
    }

    <S extends Step<?>> S step(ActorName who, Class<S> kind) {
        return kind.cast(actor(who).step);
    }

    /** Heads and pairs that the slab of {@code node} has handed out. */
    int out(NodeId node, SlabKind kind) {
        return step(node, SlabStep.class).slab(kind).inUse();
    }

    byte[] encoded(ActorName who) {
        final StateBytes bytes = new StateBytes();
        actor(who).step.encode(bytes);
        return bytes.toArray();
    }

    StepBench copy() {
        return new StepBench(this);
    }

    // --- batches

    /** Runs {@code ops} on CPU 0 to the end; what happened to heads there. The skbs stay in their slots. */
    List<String> run(Op... ops) {
        return runOn(CPU, ops);
    }

    /** Runs {@code ops} on a CPU or task to the end; what happened to heads there. */
    List<String> runOn(ActorName who, Op... ops) {
        actor(who).events.take();
        start(who, ops);
        finish();
        return heads(who);
    }

    /** Sends {@code ops} as one batch and delivers nothing. */
    void start(ActorName who, Op... ops) {
        send(who, batch(ops));
    }

    /** A batch of {@code ops} on the skbs of this bench. */
    CpuMessage.Batch batch(Op... ops) {
        return new CpuMessage.Batch(DRIVER, ops, slots.clone());
    }

    /** Delivers everything; the skbs of the batch that was done last are this bench's again. */
    void finish() {
        settle();
        for (final Message answer : answers) {
            if (answer instanceof DriverMessage.BatchDone done) {
                slots = done.slots();
            }
        }
    }

    // --- polls

    /** Runs a whole poll of NAPI instance 0 on CPU 0; what happened to heads there. */
    List<String> poll(Skb[] completions, Frame... frames) {
        heads(CPU);
        startPoll(completions, frames);
        settle();
        return heads(CPU);
    }

    /** Sends a poll of NAPI instance 0 to CPU 0 and delivers nothing. */
    void startPoll(Skb[] completions, Frame... frames) {
        send(CPU, new CpuMessage.Poll(DRIVER, NAPI, completions, frames));
    }

    /** A frame of {@code flow} that goes nowhere. */
    static Frame frame(Verdict verdict, int flow) {
        return new Frame(WayIn.NAPI_BUILD_SKB, verdict, flow, null, 0);
    }

    /** A frame of {@code flow} that goes to {@code queue} of a NIC, or queue 0 for a task. */
    static Frame frame(Verdict verdict, int flow, ActorName to, int queue) {
        return new Frame(WayIn.NAPI_BUILD_SKB, verdict, flow, to, queue);
    }

    /** A frame of the frags path. */
    static Frame fragsFrame(Verdict verdict, int flow) {
        return new Frame(WayIn.NAPI_GET_FRAGS, verdict, flow, null, 0);
    }

    // --- skbs

    /** {@code count} skbs, allocated past the cache by CPU 0: heads 0 to {@code count - 1} if they are the first. */
    Skb[] skbs(int count) {
        final Op[] ops = new Op[count];
        for (int i = 0; i < count; i++) {
            ops[i] = Op.allocate(WayIn.BUILD_SKB, 255 - i);
        }
        run(ops);
        final Skb[] skbs = new Skb[count];
        for (int i = 0; i < count; i++) {
            skbs[i] = take(255 - i);
        }
        forget();
        return skbs;
    }

    /** The skb in {@code slot}. */
    Skb skb(int slot) {
        return Objects.requireNonNull(slots[slot], () -> "no skb in slot " + slot);
    }

    boolean isEmpty(int slot) {
        return slots[slot] == null;
    }

    /** Puts {@code skb} into {@code slot}, in use or not. */
    void put(int slot, Skb skb) {
        slots[slot] = skb;
    }

    /** Takes the skb out of {@code slot}: the test has it now. */
    Skb take(int slot) {
        final Skb skb = skb(slot);
        slots[slot] = null;
        return skb;
    }

    /**
     * Parks heads 0 to {@code count - 1} of node 0 in CPU 0, in that order: each allocated past the
     * cache, all consumed. Then forgets.
     */
    void park(int count) {
        final Op[] ops = new Op[2 * count];
        for (int i = 0; i < count; i++) {
            ops[i] = Op.allocate(WayIn.BUILD_SKB, 255 - i);
            ops[count + i] = Op.release(WayOut.NAPI_CONSUME_SKB, 255 - i);
        }
        run(ops);
        assertThat(cpu(CPU).heads().count()).isEqualTo(count);
        forget();
    }
}
