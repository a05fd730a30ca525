package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.Message;
import headcache.protocol.Skb;
import headcache.skb.Encoding;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.step.Tap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A step whose history is written down: what it took, what it did and what it sent, in order.
 *
 * <p>To be read when the step is at rest.
 *
 * @param <M> the messages it takes
 */
public final class Recorded<M extends Message> implements Step<M> {
    private static final @Nullable Skb[] NO_SLOTS = {};

    private final Step<M> step;
    private final List<Entry> entries = new ArrayList<>();
    private final Pen pen = new Pen();

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
                message, message instanceof CpuMessage.Batch b ? b.slots().clone() : NO_SLOTS));
        pen.out = out;
        step.on(message, pen);
    }

    /** Writes down what the step does, and passes it on. */
    private final class Pen implements Out {
        /** Who is told in the step that is being taken. */
        private @Nullable Out out;

        @Override
        public void send(ActorName to, Message message) {
            entries.add(new Entry.Sent(to, message));
            Objects.requireNonNull(out).send(to, message);
        }

        @Override
        public void event(EventKind kind, int head, int detail) {
            entries.add(new Entry.Did(kind, head, detail));
            Objects.requireNonNull(out).event(kind, head, detail);
        }
    }

    /** The step itself. */
    public Step<M> step() {
        return step;
    }

    /** The history so far. */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The history as a number; two histories have the same, in practice, if and only if they are equal.
     *
     * @param seed tells histories of different actors apart
     * @param bytes is overwritten
     * @param writer writes messages so that equal bytes mean equal messages
     */
    long hash(int seed, StateBytes bytes, BiConsumer<StateBytes, Message> writer) {
        // Events and messages are told apart from one another, and where each is, by its place.
        bytes.clear();
        long events = seed;
        for (int i = 0; i < entries.size(); i++) {
            final Entry entry = entries.get(i);
            if (entry instanceof Entry.Did did) {
                events = mix(events + ((long) did.head() << 32 | (did.detail() & 0xFFFFFFFFL)));
                events = mix(events + ((long) i << 32 | did.kind().ordinal()));
            } else if (entry instanceof Entry.Sent letter) {
                bytes.put(i);
                Encoding.put(bytes, letter.to());
                writer.accept(bytes, letter.message());
            } else if (entry instanceof Entry.Took took) {
                bytes.put(-1 - i);
                writer.accept(bytes, took.message());
            }
        }
        return hash(events, bytes.toArray());
    }

    private static long hash(long seed, byte[] text) {
        long hash = mix(seed + text.length);
        int at = 0;
        for (final ByteBuffer words = ByteBuffer.wrap(text); at + Long.BYTES <= text.length; at += Long.BYTES) {
            hash = mix(hash + words.getLong(at));
        }
        for (; at < text.length; at++) {
            hash = mix(hash + text[at]);
        }
        return hash;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        final long once = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        final long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return (twice ^ (twice >>> 31)) + 0x9E3779B97F4A7C15L;
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
    public void count(HeadCount into) {
        step.count(into);
    }

    @Override
    public void encode(StateBytes bytes) {
        step.encode(bytes);
    }
}
