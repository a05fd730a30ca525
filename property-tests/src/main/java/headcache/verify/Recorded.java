package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.Message;
import headcache.protocol.Skb;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step whose history is written down: what it took, what it did and what it sent, in order.
 *
 * <p>To be read when the step is at rest.
 *
 * @param <M> the messages it takes
 */
public final class Recorded<M extends Message> implements Step<M> {
    private final Step<M> step;
    private final List<Entry> entries = new ArrayList<>();

    /** A line of a history. */
    public sealed interface Entry {
        /**
         * The step took a message.
         *
         * @param message the message
         * @param slots the slots of a batch as they were then, since running it changes them; otherwise none
         */
        record Took(Message message, @Nullable Skb[] slots) implements Entry {}

        /** The step published an event. */
        record Did(EventKind kind, int head, int detail) implements Entry {}

        /** The step sent a message. */
        record Sent(ActorName to, Message message) implements Entry {}
    }

    /** Writes down what {@code step} does from now on. */
    public Recorded(Step<M> step) {
        this.step = step;
    }

    @Override
    public void on(M message, Out out) {
        entries.add(new Entry.Took(
                message, message instanceof CpuMessage.Batch b ? b.slots().clone() : new Skb[0]));
        step.on(message, new Out() {
            @Override
            public void send(ActorName to, Message sent) {
                entries.add(new Entry.Sent(to, sent));
                out.send(to, sent);
            }

            @Override
            public void event(EventKind kind, int head, int detail) {
                entries.add(new Entry.Did(kind, head, detail));
                out.event(kind, head, detail);
            }
        });
    }

    /** The step itself. */
    public Step<M> step() {
        return step;
    }

    /** The history so far. */
    public List<Entry> entries() {
        return entries;
    }

    /** A tap that sees the step itself where {@code tap} would see this one. */
    public static Tap within(Tap tap) {
        return (who, message, state, events) -> tap.onStep(who, message, inner(state), events);
    }

    static <S> S within(Class<S> kind, @Nullable Step<?> step) {
        if (step == null) {
            throw new IllegalArgumentException("no such part of this machine: kind=" + kind.getSimpleName());
        }
        return kind.cast(inner(step));
    }

    private static Step<?> inner(Step<?> step) {
        return step instanceof Recorded<?> recorded ? recorded.step() : step;
    }

    @Override
    public Recorded<M> copy() {
        final Recorded<M> copy = new Recorded<>(step.copy());
        copy.entries.addAll(entries);
        return copy;
    }

    @Override
    public void encode(StateBytes bytes) {
        step.encode(bytes);
    }
}
