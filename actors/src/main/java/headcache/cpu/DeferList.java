package headcache.cpu;

import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.Skb;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.skb.Encoding;
import headcache.skb.Kernel;
import headcache.skb.SkbContext;
import headcache.step.EventKind;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other CPUs hand back to the CPU that allocated it ({@code softnet_data.defer_list}). It is emptied at the end of
 * each poll, the newest first, into the CPU's head cache; the kernel empties it before each poll, too (909876500251),
 * which is left out. Later kernels have a list for each node from which skbs are
 * handed back, and empty one after the other.
 *
 * <p>A list that is about to grow beyond half of what it may hold raises a softirq to have itself emptied, in the kernel
 * by an interrupt to the other processor. A shorter one waits for the next poll, for ever if there is none.
 */
final class DeferList {
    private final int cap;
    private final int kick;
    private final boolean byNode;

    /** One list, or by node; those that were never needed are not there. */
    private final List<ArrayDeque<Skb>> lists = new ArrayList<>(1);

    private final ArrayDeque<Skb> taken = new ArrayDeque<>();
    private boolean draining;
    private boolean kickScheduled;
    private boolean closed;
    private long deferred;
    private long refused;
    private long kicks;

    /** An empty list as {@code kernel} has it. */
    DeferList(Kernel kernel) {
        this(kernel.deferCap(), kernel.deferKick(), kernel.takes(CodePath.DEFER_BY_NODE));
    }

    private DeferList(int cap, int kick, boolean byNode) {
        this.byNode = byNode;
        this.cap = cap;
        this.kick = kick;
    }

    /** Takes what is handed back, or refuses it: if the list is full, or the CPU on its way offline. */
    void on(CpuMessage.Defer message, CpuStep cpu, Out out) {
        final Skb skb = message.skb();
        final ArrayDeque<Skb> skbs = list(byNode ? message.fromNode().index() : 0);
        if (closed || skbs.size() >= cap) {
            refused++;
            out.event(EventKind.DEFER_REFUSED, skb.head(), skbs.size());
            out.send(message.from(), new CpuMessage.Deferred(skb));
            return;
        }
        skbs.push(skb);
        deferred++;
        out.event(EventKind.DEFERRED, skb.head(), skbs.size());
        out.send(message.from(), new CpuMessage.Deferred(null));
        if (skbs.size() == kick) {
            kick(kick, cpu, out);
        }
    }

    private ArrayDeque<Skb> list(int number) {
        while (lists.size() <= number) {
            lists.add(new ArrayDeque<>());
        }
        return lists.get(number);
    }

    private void kick(int length, CpuStep cpu, Out out) {
        if (kickScheduled) {
            return;
        }
        kickScheduled = true;
        kicks++;
        out.event(EventKind.DEFER_KICKED, Head.NONE, length);
        cpu.raise(new Kick());
    }

    /** From here on nothing is taken: the first thing that a CPU does on its way offline. */
    void close() {
        closed = true;
    }

    /**
     * Takes again. Here the list is looked at anew: a softirq that it had raised is not run by a CPU that is offline, and
     * the kernel's flag would keep it from ever raising another.
     */
    void reopen(CpuStep cpu, Out out) {
        closed = false;
        if (longest() >= kick) {
            kick(longest(), cpu, out);
        }
    }

    /**
     * {@code skb_defer_free_flush}: takes the list as it is and consumes what was on it; what comes until {@link #drained}
     * is for the next time.
     *
     * @return whether that is done; if not, call again once the link is not busy
     */
    boolean drain(SkbContext context, Out out) {
        return drain(context, false, out);
    }

    /** As {@link #drain}, but everything goes to the slabs, past the cache. */
    boolean free(SkbContext context, Out out) {
        return drain(context, true, out);
    }

    private boolean drain(SkbContext context, boolean pastCache, Out out) {
        if (!draining) {
            draining = true;
            for (final ArrayDeque<Skb> skbs : lists) {
                taken.addAll(skbs);
                skbs.clear();
            }
        }
        while (!context.link().isBusy()) {
            final Skb skb = taken.poll();
            if (skb == null) {
                return true;
            } else if (pastCache) {
                context.releaser().kfreeSkb(skb, WayOut.KFREE_SKB, out);
            } else {
                context.releaser().napiConsumeSkb(skb, WayOut.HAND_BACK, out);
            }
        }
        return false;
    }

    /** Whatever the list was emptied for has ended. */
    void drained() {
        draining = false;
    }

    /** Skbs on all lists. */
    int size() {
        int size = 0;
        for (final ArrayDeque<Skb> skbs : lists) {
            size += skbs.size();
        }
        return size;
    }

    /** Skbs on the longest list. */
    int longest() {
        int longest = 0;
        for (final ArrayDeque<Skb> skbs : lists) {
            longest = Math.max(longest, skbs.size());
        }
        return longest;
    }

    long deferred() {
        return deferred;
    }

    long refused() {
        return refused;
    }

    long kicks() {
        return kicks;
    }

    void count(HeadSums inUse) {
        for (final ArrayDeque<Skb> skbs : lists) {
            skbs.forEach(inUse::add);
        }
        taken.forEach(inUse::add);
    }

    DeferList copy() {
        final DeferList copy = new DeferList(cap, kick, byNode);
        for (final ArrayDeque<Skb> skbs : lists) {
            copy.lists.add(skbs.clone());
        }
        copy.taken.addAll(taken);
        copy.draining = draining;
        copy.kickScheduled = kickScheduled;
        copy.closed = closed;
        copy.deferred = deferred;
        copy.refused = refused;
        copy.kicks = kicks;
        return copy;
    }

    void encode(StateBytes bytes) {
        bytes.put(draining);
        bytes.put(kickScheduled);
        bytes.put(closed);
        for (int number = 0; number < lists.size(); number++) {
            if (!lists.get(number).isEmpty()) { // an empty list is as good as none
                bytes.put(number);
                encode(lists.get(number), bytes);
            }
        }
        bytes.put(-1);
        encode(taken, bytes);
    }

    private static void encode(ArrayDeque<Skb> some, StateBytes bytes) {
        bytes.put(some.size());
        for (final Skb skb : some) {
            Encoding.put(bytes, skb);
        }
    }

    /** The softirq that a list raises: a poll of nothing, which ends as every poll does. */
    static final class Kick implements Work {
        private boolean started;

        @Override
        public boolean run(CpuStep cpu, Out out) {
            if (!started) {
                started = true;
                out.event(EventKind.DEFER_HEEDED, Head.NONE, cpu.deferList().size());
                cpu.deferList().kickScheduled = false;
            }
            return cpu.endPoll(cpu.context(), out);
        }

        @Override
        public void lapse(CpuStep cpu) {
            cpu.deferList().kickScheduled = false;
        }

        @Override
        public @Nullable CpuMessage message() {
            return null;
        }

        @Override
        public void count(HeadSums inUse) {}

        @Override
        public Work copy() {
            final Kick copy = new Kick();
            copy.started = started;
            return copy;
        }

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(9);
            bytes.put(started);
        }
    }
}
