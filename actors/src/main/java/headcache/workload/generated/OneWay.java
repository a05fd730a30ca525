package headcache.workload.generated;

import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * The worst case of one cache for each CPU: full polls on every even CPU, all of it consumed on the CPU after it.
 * So one side only refills and the other only spills.
 */
final class OneWay extends Traffic {
    private final IntQueue sent = new IntQueue(BUDGET);
    private int pair;

    OneWay(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
    }

    private OneWay(OneWay other) {
        super(other);
        pair = other.pair;
    }

    @Override
    void round() {
        final int from = pair * 2;
        pair = (pair + 1) % (cpus / 2);
        for (int frame = 0; frame < BUDGET && mayBegin(); frame++) {
            sent.add(begin(kinds.build, from));
        }
        pollEnds(from);
        completeOnly(sent, from + 1);
    }

    @Override
    void finish(int cpu) {
        // each round ends what it began
    }

    @Override
    public OpStream copy() {
        return new OneWay(this);
    }
}
