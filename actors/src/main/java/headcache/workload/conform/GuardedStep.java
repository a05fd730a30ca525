package headcache.workload.conform;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Message;
import headcache.protocol.Skb;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * A step that ends its part in a replay when it notices a misuse, instead of crashing its actor: a
 * recording may tell of anything, and what was done until then is still to be compared.
 *
 * <p>From then on it does nothing but answer batches.
 *
 * @param <M> the messages of the step inside
 */
final class GuardedStep<M extends Message> implements Step<M> {
    private static final @Nullable Skb[] NO_SKBS = {};

    private final ActorName self;
    private final Step<M> inner;
    private CpuMessage.@Nullable Batch current;
    private @Nullable RuntimeException failure;

    GuardedStep(ActorName self, Step<M> inner) {
        this.self = self;
        this.inner = inner;
    }

    @Override
    public void on(M message, Out out) {
        if (message instanceof CpuMessage.Batch batch) {
            current = batch;
        }
        if (failure == null) {
            try {
                inner.on(message, out);
                return;
            } catch (final RuntimeException misuse) {
                failure = misuse;
            }
        } else if (!(message instanceof CpuMessage.Batch)) {
            return;
        }
        final CpuMessage.Batch answered = current;
        if (answered != null) {
            out.send(answered.from(), new DriverMessage.BatchDone(self, NO_SKBS, 0, 0));
        }
    }

    /** The step inside, to be read only. */
    Step<M> inner() {
        return inner;
    }

    /** Why it does nothing any more, or null. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    @Override
    public Step<M> copy() {
        final GuardedStep<M> copy = new GuardedStep<>(self, inner.copy());
        copy.current = current;
        copy.failure = failure;
        return copy;
    }

    @Override
    public void count(HeadCount into) {
        inner.count(into);
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(failure != null);
        inner.encode(bytes);
    }
}
