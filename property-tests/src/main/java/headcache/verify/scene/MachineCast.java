package headcache.verify.scene;

import headcache.kit.state.Cast;
import headcache.kit.state.Names;
import headcache.machine.MachinePlan;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.DriverId;
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.NodeId;
import headcache.protocol.TaskId;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.step.Tap;
import headcache.verify.CommandWriter;
import headcache.verify.DriverStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The actors of a scene as plain steps: those inside the actors, without any actor system. Every driver has been told
 * to begin, and none has begun.
 */
public final class MachineCast implements Cast<Step<?>, Message> {
    private final Scene scene;
    private final List<Integer> slabOfNode;
    private final Map<ActorName, Integer> numbers = new HashMap<>();

    /** By number of the actor, in the order in which {@link MachineWorld} names them. */
    private final List<Step<?>> steps = new ArrayList<>();

    /** The cast of {@code scene}. */
    public MachineCast(Scene scene) {
        this.scene = scene;
        final MachinePlan plan = scene.machine().plan(Tap.NONE);
        this.slabOfNode = plan.slabOfNode();
        for (int i = 0; i < plan.cpus().size(); i++) {
            add(new CpuId(i), plan.cpus().get(i));
        }
        plan.slabs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(slab -> add(NodeId.of(slab.getKey()), slab.getValue()));
        for (int i = 0; i < plan.tasks().size(); i++) {
            add(new TaskId(i), plan.tasks().get(i));
        }
        for (int i = 0; i < plan.nics().size(); i++) {
            add(new NicId(i), plan.nics().get(i));
        }
        for (int i = 0; i < scene.scripts().size(); i++) {
            final DriverId id = new DriverId(i);
            add(
                    id,
                    new DriverStep(
                            id,
                            plan.cpus().size(),
                            CommandWriter.SLOTS,
                            scene.scripts().get(i)));
        }
    }

    private void add(ActorName name, Step<?> step) {
        numbers.put(name, steps.size());
        steps.add(step);
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
        final int drivers = scene.scripts().size();
        for (int actor = steps.size() - drivers; actor < steps.size(); actor++) {
            // A driver tells itself: who else would be one more actor that does nothing.
            post.send(actor, actor, DriverStep.go(new DriverId(drivers)));
        }
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
        final int firstDriver = steps.size() - scene.scripts().size();
        return new StateBytes(
                names::of,
                // Who tells drivers to begin is not there, and keeps its number.
                driver -> firstDriver + driver < steps.size() ? names.of(firstDriver + driver) - firstDriver : driver);
    }

    @Override
    public List<Names> symmetries() {
        return SceneSymmetry.of(scene, this);
    }
}
