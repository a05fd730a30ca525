package headcache.verify.scene;

import headcache.kit.state.Cast;
import headcache.kit.state.Law;
import headcache.kit.state.Names;
import headcache.machine.MachinePlan;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.DepotId;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.NodeId;
import headcache.protocol.TaskId;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The actors of a scene as plain steps: those inside the actors, without any actor system. Every driver has been told
 * to begin, and none has begun.
 */
public final class MachineCast implements Cast<Step<?>, Message> {
    private final Scene scene;
    private final Players players;
    private final List<Integer> slabOfNode;
    private final Map<ActorName, Integer> numbers = new HashMap<>();

    /** By number of the actor, in the order in which {@link MachineWorld} names them. */
    private final List<Step<?>> steps = new ArrayList<>();

    /** The cast of {@code scene}. */
    public MachineCast(Scene scene) {
        this.scene = scene;
        this.players = Players.of(scene);
        final MachinePlan plan = players.plan();
        this.slabOfNode = plan.slabOfNode();
        for (int i = 0; i < plan.cpus().size(); i++) {
            add(new CpuId(i), plan.cpus().get(i));
        }
        plan.slabs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(slab -> add(NodeId.of(slab.getKey()), slab.getValue()));
        for (int i = 0; i < plan.depots().size(); i++) {
            add(new DepotId(i), plan.depots().get(i));
        }
        for (int i = 0; i < plan.tasks().size(); i++) {
            add(new TaskId(i), plan.tasks().get(i));
        }
        for (int i = 0; i < plan.nics().size(); i++) {
            add(new NicId(i), plan.nics().get(i));
        }
        for (int i = 0; i < players.scripts().size(); i++) {
            add(new DriverId(i), players.scripts().get(i));
        }
        if (players.collector() != null) {
            numbers.put(players.collector().id(), steps.size());
            steps.add(players.collector());
        }
    }

    private <M extends Message> void add(ActorName name, Step<M> step) {
        numbers.put(name, steps.size());
        steps.add(players.actor(name, step));
    }

    /** The number of {@code name}, or -1 if nobody of that name is there. */
    int number(ActorName name) {
        final ActorName who = name instanceof NodeId node ? NodeId.of(slabOfNode.get(node.index())) : name;
        return numbers.getOrDefault(who, -1);
    }

    @Override
    public int actors() {
        return steps.size();
    }

    @Override
    public Step<?> first(int actor) {
        return steps.get(actor);
    }

    @Override
    public void begin(Post<Message> post) {
        final int firstDriver = firstDriver();
        for (int actor = firstDriver; actor < steps.size(); actor++) {
            for (final DriverMessage first : players.begin(actor - firstDriver)) {
                // A driver tells itself: who else would be one more actor that does nothing.
                post.send(actor, actor, first);
            }
        }
    }

    private int firstDriver() {
        return steps.size() - players.drivers();
    }

    @Override
    public Step<?> after(int actor, Step<?> before, Message message, Post<Message> post) {
        final Step<?> after = before.copy();
        take(after, message, new Outbox(actor, post));
        return after;
    }

    @SuppressWarnings("unchecked") // The sender chose the message for the receiver's kind of actor.
    private static <M extends Message> void take(Step<M> step, Message message, Out out) {
        step.on((M) message, out);
    }

    private final class Outbox implements Out {
        private final int from;
        private final Post<Message> post;

        Outbox(int from, Post<Message> post) {
            this.from = from;
            this.post = post;
        }

        @Override
        public void send(ActorName to, Message message) {
            final int receiver = number(to);
            if (receiver >= 0) {
                post.send(from, receiver, message);
            }
        }

        @Override
        public void event(EventKind kind, int head, int detail) {}
    }

    @Override
    public byte[] stateKey(Step<?> state, Names names) {
        final StateBytes bytes = bytes(names);
        state.encode(bytes);
        return bytes.toArray();
    }

    @Override
    public byte[] messageKey(Message message, Names names) {
        final StateBytes bytes = bytes(names);
        MessageBytes.put(bytes, message);
        return bytes.toArray();
    }

    private StateBytes bytes(Names names) {
        final int firstDriver = firstDriver();
        return new StateBytes(
                names::of,
                // Who tells drivers to begin is not there, and keeps its number.
                driver -> firstDriver + driver < steps.size() ? names.of(firstDriver + driver) - firstDriver : driver);
    }

    @Override
    public List<Names> symmetries() {
        return players.audit() == null ? SceneSymmetry.of(scene, this) : List.of();
    }

    /** The law that the cut which an audit of the scene takes adds up. */
    public Law<Step<?>, Message, Step<?>> cutAddsUp() {
        return new Law<>() {
            @Override
            public Step<?> part(int actor, Step<?> state, SortedMap<Integer, List<Message>> inbox) {
                return state;
            }

            @Override
            public @Nullable String broken(List<Step<?>> parts) {
                return players.fault(parts);
            }
        };
    }
}
