package headcache.workload.generated;

import headcache.workload.OpStream;

/**
 * The server benchmark of Larson and Krishnan ("Memory Allocation for Long-Running Server Applications", 1998; {@code
 * larson} of mimalloc-bench and Hoard): threads replace random ones of the objects that they hold, and each hands what
 * it holds over to a thread on the next CPU. So objects bleed from CPU to CPU: more than half end elsewhere than where
 * they began.
 *
 * <p>A thread is the poll of a CPU, which ends 1 to 64 of its skbs and begins as many. The original replaces one at a
 * time, which is one put and one get for a head cache, and asks nothing of it.
 */
final class Larson extends Traffic {
    /** Skbs that a thread holds; the original has 5000 objects of many sizes. */
    static final int SLOTS = 200;

    /** By thread, of which there are as many as CPUs: the skbs that it holds, in no order. */
    private final int[][] slots;

    private final int[] held;

    /** By thread: how many it has replaced since it was handed its skbs, and the CPU that it is on. */
    private final int[] replaced;

    private final int[] place;

    Larson(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        slots = new int[cpus][SLOTS];
        held = new int[cpus];
        replaced = new int[cpus];
        place = new int[cpus];
        for (int thread = 0; thread < cpus; thread++) {
            place[thread] = thread;
        }
    }

    private Larson(Larson other) {
        super(other);
        slots = new int[cpus][];
        for (int thread = 0; thread < cpus; thread++) {
            slots[thread] = other.slots[thread].clone();
        }
        held = other.held.clone();
        replaced = other.replaced.clone();
        place = other.place.clone();
    }

    @Override
    void round() {
        final int thread = dice.roll(cpus);
        final int cpu = place[thread];
        if (held[thread] == SLOTS) {
            final int victims = dice.between(1, BUDGET);
            for (int i = 0; i < victims; i++) {
                endOne(thread, dice.roll(held[thread]));
            }
            replaced[thread] += victims;
        }
        while (held[thread] < SLOTS && mayBegin()) {
            slots[thread][held[thread]++] = begin(kinds.build, cpu);
        }
        pollEnds(cpu);
        if (replaced[thread] >= SLOTS) {
            replaced[thread] = 0;
            place[thread] = (cpu + 1) % cpus;
        }
    }

    private void endOne(int thread, int slot) {
        end(slots[thread][slot], kinds.consume, place[thread]);
        slots[thread][slot] = slots[thread][--held[thread]];
    }

    @Override
    void finish(int thread) {
        if (held[thread] > 0) {
            while (held[thread] > 0) {
                endOne(thread, held[thread] - 1);
            }
            pollEnds(place[thread]);
        }
    }

    @Override
    public OpStream copy() {
        return new Larson(this);
    }
}
