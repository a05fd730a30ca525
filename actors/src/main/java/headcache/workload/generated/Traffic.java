package headcache.workload.generated;

import headcache.workload.Context;
import headcache.workload.IntQueue;
import headcache.workload.OpBuffer;
import headcache.workload.OpStream;
import headcache.workload.SkbWriter;

/** What all kinds of traffic have in common: skbs begin until there were enough of them, and all of them end. */
abstract class Traffic implements OpStream {
    /** The most frames that one poll takes. */
    static final int BUDGET = 64;

    /** The most skbs that wait in a transmit ring. */
    static final int RING = 256;

    final TrafficKinds kinds;
    final int cpus;
    final Dice dice;
    private final SkbWriter skbs;
    private long left;
    private int finished;

    Traffic(TrafficKinds kinds, GeneratorOptions options) {
        this.kinds = kinds;
        this.cpus = options.cpus();
        this.left = options.packets();
        this.dice = new Dice(options.seed());
        this.skbs = new SkbWriter();
    }

    /** A copy that appends to no buffer yet. */
    Traffic(Traffic other) {
        kinds = other.kinds;
        cpus = other.cpus;
        left = other.left;
        finished = other.finished;
        dice = other.dice.copy();
        skbs = other.skbs.copy();
    }

    @Override
    public final boolean read(OpBuffer into) {
        skbs.writeTo(into);
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

    /** How many of {@code wanted} skbs may begin. */
    final int mayBegin(int wanted) {
        return (int) Math.min(wanted, left);
    }

    /** An skb begins in {@code cpu}'s own turn; its number. */
    final int begin(int kind, int cpu) {
        return begin(kind, cpu, Context.SOFTIRQ);
    }

    final int begin(int kind, int cpu, Context context) {
        left--;
        return skbs.begin(kind, cpu, context);
    }

    /** A clone of {@code skb} begins; its number. */
    final int beginClone(int skb, int kind, int cpu, Context context) {
        left--;
        return skbs.beginClone(skb, kind, cpu, context);
    }

    /** Something is done to {@code skb} in {@code cpu}'s own turn. */
    final void on(int skb, int kind, int cpu) {
        skbs.on(skb, kind, cpu);
    }

    final void on(int skb, int kind, int cpu, Context context) {
        skbs.on(skb, kind, cpu, context);
    }

    final void end(int skb, int kind, int cpu) {
        end(skb, kind, cpu, Context.SOFTIRQ);
    }

    final void end(int skb, int kind, int cpu, Context context) {
        skbs.end(skb, kind, cpu, context);
    }

    /** {@code skb} ends, and {@code unit} takes over what it had. */
    final void merge(int skb, int kind, int unit, int cpu) {
        skbs.merge(skb, kind, unit, cpu);
    }

    final void pollEnds(int cpu) {
        skbs.pollEnds(kinds.pollEnd, cpu);
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
