package headcache.cpu;

import headcache.protocol.CpuMessage;
import headcache.protocol.Skb;
import headcache.protocol.Twin;
import headcache.protocol.WayOut;
import headcache.skb.Encoding;
import headcache.skb.SkbContext;
import headcache.step.EventKind;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A CPU's completion queue and the transmit softirq that empties it ({@code net_tx_action}).
 *
 * <p>Hard interrupts fill it whatever the softirq is doing; that is why they must not touch the cache.
 */
final class TransmitSoftirq {
    private final ArrayDeque<Skb> queue = new ArrayDeque<>();

    /** See {@link headcache.skb.InterruptQueue#devKfreeSkbIrq}. */
    @Nullable
    Skb devKfreeSkbIrq(Skb skb, Out out) {
        if (skb.users() > 1) {
            out.event(EventKind.UNSHARED, skb.head(), skb.users() - 1);
            return skb.withUsers(skb.users() - 1);
        }
        queue.add(skb);
        out.event(EventKind.QUEUED, skb.head(), queue.size());
        return null;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Takes the oldest skb out, or null. */
    @Nullable
    Skb poll() {
        return queue.poll();
    }

    /** Frees what is queued now and later until the link is busy; whether all is freed and nothing outstanding. */
    boolean drain(SkbContext context, Out out) {
        return free(queue, context, out);
    }

    private static boolean free(ArrayDeque<Skb> skbs, SkbContext context, Out out) {
        while (!context.link().isBusy()) {
            final Skb skb = skbs.poll();
            if (skb == null) {
                return true;
            }
            if (skb.twin() != Twin.NONE) {
                context.releaser().kfreeSkb(skb, WayOut.KFREE_SKB, out);
            } else {
                context.releaser().kfreeSkbDefer(skb, out);
            }
        }
        return false;
    }

    void count(HeadSums inUse) {
        queue.forEach(inUse::add);
    }

    TransmitSoftirq copy() {
        final TransmitSoftirq copy = new TransmitSoftirq();
        copy.queue.addAll(queue);
        return copy;
    }

    void encode(StateBytes bytes) {
        encodeSkbs(queue, bytes);
    }

    /**
     * One run of the softirq, in its turn among the CPU's work. It takes the queue as it finds it; what is
     * queued while it stands still raises the softirq again.
     */
    static final class Run implements Work {
        private final ArrayDeque<Skb> taken = new ArrayDeque<>();
        private boolean started;

        @Override
        public boolean run(CpuStep cpu, Out out) {
            if (!started) {
                started = true;
                final ArrayDeque<Skb> queue = cpu.transmitSoftirq().queue;
                taken.addAll(queue);
                queue.clear();
                cpu.transmitSoftirqStarted();
            }
            final SkbContext context = cpu.context();
            return free(taken, context, out) && context.endSoftirq(out);
        }

        /** There is nothing left for it: the queue went to the survivor. */
        @Override
        public void lapse(CpuStep cpu) {
            cpu.transmitSoftirqStarted();
        }

        @Override
        public @Nullable CpuMessage message() {
            return null;
        }

        @Override
        public void count(HeadSums inUse) {
            taken.forEach(inUse::add);
        }

        @Override
        public Work copy() {
            final Run copy = new Run();
            copy.taken.addAll(taken);
            copy.started = started;
            return copy;
        }

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(3);
            bytes.put(started);
            encodeSkbs(taken, bytes);
        }
    }

    private static void encodeSkbs(ArrayDeque<Skb> skbs, StateBytes bytes) {
        bytes.put(skbs.size());
        for (final Skb skb : skbs) {
            Encoding.put(bytes, skb);
        }
    }
}
