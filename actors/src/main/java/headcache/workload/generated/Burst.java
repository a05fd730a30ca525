package headcache.workload.generated;

import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/** 100 skbs begin on a CPU, then all 100 end there: more than a cache of 64 holds, so it runs empty and full by turns. */
final class Burst extends Traffic {
    private static final int BURST = 100;

    private final IntQueue begun = new IntQueue(2 * BUDGET);
    private int next;

    Burst(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
    }

    private Burst(Burst other) {
        super(other);
        next = other.next;
    }

    @Override
    void round() {
        final int cpu = next;
        next = (next + 1) % cpus;
        for (int i = 0; i < BURST && mayBegin(); i++) {
            begun.add(begin(kinds.build, cpu));
        }
        completeOnly(begun, cpu);
    }

    @Override
    void finish(int cpu) {
        // each round ends what it began
    }

    @Override
    public OpStream copy() {
        return new Burst(this);
    }
}
