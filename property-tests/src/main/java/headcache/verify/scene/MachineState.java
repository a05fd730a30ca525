package headcache.verify.scene;

import headcache.kit.state.State;
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
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A state of a scene: the steps of its actors and what is on its way between them, with per-pair order and nothing
 * more. The steps are those inside the actors, without any actor system.
 */
public final class MachineState implements State {
    private static final Message[] NOTHING = {};

    private final Cast cast;

    /** By number of the actor, in the order in which {@link MachineWorld} names them. */
    private final Step<?>[] steps;

    /** For each actor, its state encoded. */
    private final byte[][] encoded;

    /** By number of the channel, {@code sender * actors + receiver}; oldest first. */
    private final Message[][] letters;

    /** Who plays: the same for all states of a scene. */
    private static final class Cast {
        final Map<ActorName, Integer> numbers = new HashMap<>();
        final List<Integer> slabOfNode;
        final StateBytes bytes = new StateBytes();

        Cast(List<Integer> slabOfNode) {
            this.slabOfNode = slabOfNode;
        }

        int actors() {
            return numbers.size();
        }

        void add(ActorName name) {
            numbers.put(name, numbers.size());
        }

        /** The number of {@code name}, or -1 if nobody of that name is there. */
        int number(ActorName name) {
            final ActorName who = name instanceof NodeId node ? NodeId.of(slabOfNode.get(node.index())) : name;
            return numbers.getOrDefault(who, -1);
        }

        byte[] encode(Step<?> step) {
            bytes.clear();
            step.encode(bytes);
            return bytes.toArray();
        }
    }

    private MachineState(Cast cast, Step<?>[] steps, byte[][] encoded, Message[][] letters) {
        this.cast = cast;
        this.steps = steps;
        this.encoded = encoded;
        this.letters = letters;
    }

    /** The first state of {@code scene}: every driver has been told to begin, and none has begun. */
    public static MachineState first(Scene scene) {
        final MachinePlan plan = scene.machine().plan(Tap.NONE);
        final Cast cast = new Cast(plan.slabOfNode());
        final List<Step<?>> steps = new ArrayList<>(plan.cpus());
        for (int i = 0; i < plan.cpus().size(); i++) {
            cast.add(new CpuId(i));
        }
        plan.slabs().keySet().stream().sorted().forEach(node -> {
            cast.add(NodeId.of(node));
            steps.add(plan.slabs().get(node));
        });
        for (int i = 0; i < plan.tasks().size(); i++) {
            cast.add(new TaskId(i));
        }
        steps.addAll(plan.tasks());
        for (int i = 0; i < plan.nics().size(); i++) {
            cast.add(new NicId(i));
        }
        steps.addAll(plan.nics());
        final int drivers = scene.scripts().size();
        for (int i = 0; i < drivers; i++) {
            final DriverId id = new DriverId(i);
            cast.add(id);
            steps.add(new DriverStep(
                    id,
                    scene.machine().topology().cpus(),
                    CommandWriter.SLOTS,
                    scene.scripts().get(i)));
        }
        return first(cast, steps.toArray(Step<?>[]::new), drivers);
    }

    private static MachineState first(Cast cast, Step<?>[] steps, int drivers) {
        final int actors = cast.actors();
        final Message[][] letters = new Message[actors * actors][];
        Arrays.fill(letters, NOTHING);
        final byte[][] encoded = new byte[actors][];
        for (int i = 0; i < actors; i++) {
            encoded[i] = cast.encode(steps[i]);
        }
        for (int i = actors - drivers; i < actors; i++) {
            // A driver tells itself: who else would be one more actor that does nothing.
            letters[i * actors + i] = new Message[] {DriverStep.go(new DriverId(drivers))};
        }
        return new MachineState(cast, steps, encoded, letters);
    }

    @Override
    public BitSet enabled() {
        final BitSet enabled = new BitSet(letters.length);
        for (int channel = 0; channel < letters.length; channel++) {
            if (letters[channel].length > 0) {
                enabled.set(channel);
            }
        }
        return enabled;
    }

    @Override
    public int receiver(int channel) {
        return channel % cast.actors();
    }

    @Override
    public MachineState after(int channel) {
        final int who = receiver(channel);
        final Step<?>[] nextSteps = steps.clone();
        final byte[][] nextEncoded = encoded.clone();
        final Message[][] nextLetters = letters.clone();
        final Message message = letters[channel][0];
        nextLetters[channel] = Arrays.copyOfRange(letters[channel], 1, letters[channel].length);
        final Step<?> step = steps[who].copy();
        nextSteps[who] = step;
        take(step, message, new Outbox(cast, who, nextLetters));
        nextEncoded[who] = cast.encode(step);
        return new MachineState(cast, nextSteps, nextEncoded, nextLetters);
    }

    @SuppressWarnings("unchecked") // The sender chose the message for the receiver's kind of actor.
    private static <M extends Message> void take(Step<M> step, Message message, Out out) {
        step.on((M) message, out);
    }

    /** Puts what a step sends behind what is on its way already. */
    private record Outbox(Cast cast, int from, Message[][] letters) implements Out {
        @Override
        public void send(ActorName to, Message message) {
            final int receiver = cast.number(to);
            if (receiver >= 0) {
                final int channel = from * cast.actors() + receiver;
                final Message[] before = letters[channel];
                letters[channel] = Arrays.copyOf(before, before.length + 1);
                letters[channel][before.length] = message;
            }
        }

        @Override
        public void event(EventKind kind, int head, int detail) {}
    }

    @Override
    public byte[] key() {
        int length = 0;
        for (final byte[] part : encoded) {
            length += part.length;
        }
        final byte[] way = onTheWay();
        final byte[] key = new byte[length + way.length];
        int at = 0;
        for (final byte[] part : encoded) {
            System.arraycopy(part, 0, key, at, part.length);
            at += part.length;
        }
        System.arraycopy(way, 0, key, at, way.length);
        return key;
    }

    private byte[] onTheWay() {
        final StateBytes bytes = cast.bytes;
        bytes.clear();
        for (int channel = 0; channel < letters.length; channel++) {
            if (letters[channel].length > 0) {
                bytes.put(channel);
                bytes.put(letters[channel].length);
                for (final Message message : letters[channel]) {
                    MessageBytes.put(bytes, message);
                }
            }
        }
        return bytes.toArray();
    }
}
