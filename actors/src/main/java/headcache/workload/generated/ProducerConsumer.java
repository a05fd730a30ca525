package headcache.workload.generated;

import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * Pure producers and pure consumers: {@code malloc-test} of Lever and Boreham ("malloc() Performance in a Multithreaded
 * Linux Environment", 2000), known as {@code xmalloc-test} from SuperMalloc and mimalloc-bench. The lower half of the
 * CPUs only takes, in batches that wait on a stack; the upper half only gives back, each the batch that was laid there
 * last.
 *
 * <p>It is {@link OneWay} without fixed pairs: a consumer's heads come from every producer. The original's batches are
 * of 4096 objects, and a hundred may wait.
 */
final class ProducerConsumer extends Traffic {
    /** Skbs that change hands together. */
    static final int BATCH = 128;

    /** Batches that wait at the most. */
    private static final int WAITING = 8;

    /** Batches that are given back after one is taken, at the most: one in the mean. */
    private static final int GIVEN_AT_ONCE = 2;

    private final IntQueue[] batches;
    private int waiting;

    ProducerConsumer(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        batches = IntQueue.make(WAITING, BATCH);
    }

    private ProducerConsumer(ProducerConsumer other) {
        super(other);
        batches = IntQueue.copy(other.batches);
        waiting = other.waiting;
    }

    private int producers() {
        return cpus / 2;
    }

    @Override
    void round() {
        if (waiting == WAITING) {
            giveBack();
        }
        final int producer = dice.roll(producers());
        final IntQueue batch = batches[waiting++];
        while (batch.size() < BATCH && mayBegin()) {
            batch.add(begin(kinds.build, producer));
        }
        pollEnds(producer);
        for (int given = dice.roll(GIVEN_AT_ONCE + 1); given > 0 && waiting > 0; given--) {
            giveBack();
        }
    }

    /** A consumer gives the newest batch back. */
    private void giveBack() {
        completeOnly(batches[--waiting], producers() + dice.roll(cpus - producers()));
    }

    @Override
    void finish(int cpu) {
        while (waiting > 0) {
            giveBack();
        }
    }

    @Override
    public OpStream copy() {
        return new ProducerConsumer(this);
    }
}
