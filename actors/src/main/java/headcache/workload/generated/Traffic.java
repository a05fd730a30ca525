package headcache.workload.generated;

import headcache.workload.Context;
import headcache.workload.OpBuffer;
import headcache.workload.OpStream;

/** What all kinds of traffic have in common: skbs begin until there were enough of them, and all of them end. */
abstract class Traffic implements OpStream {
    /** The most frames that one poll takes. */
    static final int BUDGET = 64;

    /** The most skbs that wait in a transmit ring. */
    static final int RING = 256;

    final TrafficKinds kinds;
    final int cpus;
    final Dice dice;
    private final SkbNumbers numbers;
    private long left;
    private int finished;
    private OpBuffer ops = new OpBuffer();

    Traffic(TrafficKinds kinds, int cpus, long packets, long seed) {
        this.kinds = kinds;
        this.cpus = cpus;
        this.left = packets;
        this.dice = new Dice(seed);
        this.numbers = new SkbNumbers();
    }

    /** A copy that appends to no buffer yet. */
    Traffic(Traffic other) {
        kinds = other.kinds;
        cpus = other.cpus;
        left = other.left;
        finished = other.finished;
        dice = other.dice.copy();
        numbers = other.numbers.copy();
    }

    @Override
    public final boolean read(OpBuffer into) {
        ops = into;
        final int before = into.size();
        while (into.size() == before) {
            if (left > 0) {
                round();
            } else if (finished < cpus) {
                finish(finished++);
            } else {
                return false;
            }
        }
        return true;
    }

    /** The next polls and what follows from them; at least one skb begins. */
    abstract void round();

    /** Ends every skb that began on {@code cpu}, or waits there. Nothing begins any more. */
    abstract void finish(int cpu);

    /** Whether one more skb may begin. */
    final boolean mayBegin() {
        return left > 0;
    }

    /** An skb begins in {@code cpu}'s own turn; its number. */
    final int begin(int kind, int cpu) {
        return begin(kind, cpu, Context.SOFTIRQ);
    }

    final int begin(int kind, int cpu, Context context) {
        left--;
        final int skb = numbers.take();
        ops.add(kind, context.queue(cpu), skb);
        return skb;
    }

    /** Something is done to {@code skb} in {@code cpu}'s own turn. */
    final void on(int skb, int kind, int cpu) {
        ops.add(kind, Context.SOFTIRQ.queue(cpu), skb);
    }

    final void end(int skb, int kind, int cpu) {
        end(skb, kind, cpu, Context.SOFTIRQ);
    }

    final void end(int skb, int kind, int cpu, Context context) {
        ops.add(kind, context.queue(cpu), skb);
        numbers.give(skb);
    }

    /** {@code skb} ends, and {@code unit} takes over what it had. */
    final void merge(int skb, int kind, int unit, int cpu) {
        ops.add(kind, Context.SOFTIRQ.queue(cpu), skb, unit);
        numbers.give(skb);
    }

    final void pollEnds(int cpu) {
        ops.add(kinds.pollEnd, Context.SOFTIRQ.queue(cpu), OpBuffer.NONE);
    }

    /** The first part of a poll of {@code cpu}: what was sent from {@code ring} is consumed. */
    final void complete(IntQueue ring, int cpu) {
        while (!ring.isEmpty()) {
            end(ring.remove(), kinds.consume, cpu);
        }
    }

    /** A poll of {@code cpu} without frames, if anything was sent from {@code ring}. */
    final void completeOnly(IntQueue ring, int cpu) {
        if (!ring.isEmpty()) {
            complete(ring, cpu);
            pollEnds(cpu);
        }
    }
}
