package headcache.workload.generated;

import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * CPUs that take part in turn, as when the scheduler or interrupt balancing moves one busy flow from CPU to CPU: one
 * forwards frames for eight polls, sends all it has and then idles until all others had their turn, and what it has parked
 * waits with it. At any time one CPU has at most 64 skbs and needs heads, while all others hoard them.
 *
 * <p>Nothing drains an idle CPU's head cache; other allocators do just that (TCMalloc drains the cache of a CPU whose
 * use and misses did not change for a while). On the sixteen CPUs of the default some 670 heads come to be parked
 * where 64 are in use: with {@code --page-limit 16}, which is 512 heads, gets fail though every head is parked on some
 * other CPU.
 */
final class IdleHoard extends Traffic {
    /** Polls of a CPU's turn. */
    static final int TURN = 8;

    /** What the busy CPU has sent. */
    private final IntQueue sent;

    private int busy;
    private int polls;

    IdleHoard(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        sent = new IntQueue(BUDGET);
    }

    private IdleHoard(IdleHoard other) {
        super(other);
        sent = other.sent.copy();
        busy = other.busy;
        polls = other.polls;
    }

    @Override
    void round() {
        complete(sent, busy);
        final int frames = dice.between(1, BUDGET);
        for (int frame = 0; frame < frames && mayBegin(); frame++) {
            final int skb = begin(kinds.build, busy);
            on(skb, kinds.route, busy);
            sent.add(skb);
        }
        pollEnds(busy);
        if (++polls == TURN) {
            completeOnly(sent, busy);
            busy = (busy + 1) % cpus;
            polls = 0;
        }
    }

    @Override
    void finish(int cpu) {
        completeOnly(sent, busy);
    }

    @Override
    public OpStream copy() {
        return new IdleHoard(this);
    }
}
