package headcache.skb;

import headcache.protocol.Skb;
import headcache.step.Out;
import org.jspecify.annotations.Nullable;

/** What operations reach of a CPU beside its head cache: where a free in hard interrupt context goes, and what a poll ends with. */
@FunctionalInterface
public interface InterruptQueue {

    /**
     * {@code dev_kfree_skb_irq}: gives up one reference; the last one queues the skb for this CPU's
     * transmit softirq.
     *
     * @return the skb with one reference less, or null if it was queued
     */
    @Nullable
    Skb devKfreeSkbIrq(Skb skb, Out out);

    /**
     * Ends a poll.
     *
     * @return whether that is done; if not, it has to be called again once the link is not busy
     */
    default boolean endPoll(SkbContext context, Out out) {
        return context.endSoftirq(out);
    }
}
