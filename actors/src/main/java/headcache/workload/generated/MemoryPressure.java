package headcache.workload.generated;

import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * A router whose links stall and go on by turns, as Ethernet's pause frames have it: while they stall, each CPU's polls
 * go on and its queueing discipline fills to the thousand skbs that are usual ({@code txqueuelen}, {@code
 * DEFAULT_TX_QUEUE_LEN}), and what comes then is dropped; after that the queues drain, 64 skbs a poll, while fewer
 * frames come. So skbs are alive in waves.
 *
 * <p>A crest is 1000 heads for each CPU, 32 on a page: with the two CPUs and the one node of the default that is 63
 * pages, and one more for what is parked. So {@code --page-limit 64} is enough for v5.12's cache, and with {@code
 * --page-limit 48} gets fail at each crest.
 */
final class MemoryPressure extends Traffic {
    /** Skbs that wait in a queueing discipline at the most. */
    static final int QUEUE = 1000;

    /** Frames of a poll while the links go on, at the most. */
    private static final int FEW = 16;

    /** By CPU: skbs that wait to be sent. */
    private final IntQueue[] waiting;

    private boolean stalled = true;
    private int next;

    MemoryPressure(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        waiting = IntQueue.make(cpus, BUDGET);
    }

    private MemoryPressure(MemoryPressure other) {
        super(other);
        waiting = IntQueue.copy(other.waiting);
        stalled = other.stalled;
        next = other.next;
    }

    @Override
    void round() {
        final int cpu = next;
        next = (next + 1) % cpus;
        if (!stalled) {
            for (int i = 0; i < BUDGET && !waiting[cpu].isEmpty(); i++) {
                end(waiting[cpu].remove(), kinds.consume, cpu);
            }
        }
        receive(cpu, dice.between(1, stalled ? BUDGET : FEW));
        pollEnds(cpu);
        if (next == 0) {
            turn();
        }
    }

    private void receive(int cpu, int frames) {
        for (int frame = 0; frame < frames && mayBegin(); frame++) {
            final int skb = begin(kinds.build, cpu);
            if (waiting[cpu].size() < QUEUE) {
                on(skb, kinds.route, cpu);
                waiting[cpu].add(skb);
            } else {
                end(skb, kinds.kfree, cpu);
            }
        }
    }

    /** The wave breaks when every queue is full, and begins again when none has more than a poll sends. */
    private void turn() {
        boolean full = true;
        boolean low = true;
        for (final IntQueue queue : waiting) {
            full &= queue.size() == QUEUE;
            low &= queue.size() <= BUDGET;
        }
        if (stalled ? full : low) {
            stalled = !stalled;
        }
    }

    @Override
    void finish(int cpu) {
        completeOnly(waiting[cpu], cpu);
    }

    @Override
    public OpStream copy() {
        return new MemoryPressure(this);
    }
}
