package headcache.skb;

import headcache.protocol.Skb;
import headcache.step.Out;
import org.jspecify.annotations.Nullable;

/** Where a free in hard interrupt context goes. */
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
}
