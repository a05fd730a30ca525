package headcache.workload.generated;

import headcache.workload.Context;
import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * One flow out of an AF_XDP socket in copy mode ({@code xdpsock -t -c}): a task on an even CPU allocates with {@code
 * alloc_skb} ({@code xsk_build_skb}) and transmits, up to 32 skbs by call; the completions come to the CPU after it,
 * which has the NIC's interrupt and never allocates. A machine with more CPUs has a flow for each pair.
 *
 * <p>It is what argues against sending heads home to the CPU that allocated them: 1.98 Mpps became 1.46 (Xing in the
 * thread of {@code 20251118070646.61344-1-kerneljasonxing@gmail.com}), for the one CPU that all waits for, as we read it,
 * has to take them back as well.
 */
final class AfXdp extends Traffic {
    /** Skbs of one call: {@code TX_BATCH_SIZE} of {@code net/xdp/xsk.c}. */
    static final int CALL = 32;

    /** Thousandths of the calls after which the NIC interrupts; where the ring is full, it does in any case. */
    private static final int INTERRUPTED = 400;

    /** By CPU: what waits in the ring whose completions it has. */
    private final IntQueue[] sent;

    AfXdp(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        sent = IntQueue.make(cpus, RING);
    }

    private AfXdp(AfXdp other) {
        super(other);
        sent = IntQueue.copy(other.sent);
    }

    @Override
    void round() {
        final int sender = dice.roll(cpus / 2) * 2;
        final int interrupted = sender + 1;
        final int skbs = dice.between(1, CALL);
        for (int i = 0; i < skbs && mayBegin(); i++) {
            final int skb = begin(kinds.plain, sender, Context.TASK);
            on(skb, kinds.own, sender, Context.TASK);
            sent[interrupted].add(skb);
        }
        if (sent[interrupted].size() > RING - CALL || dice.says(INTERRUPTED)) {
            completeOnly(sent[interrupted], interrupted);
        }
    }

    @Override
    void finish(int cpu) {
        completeOnly(sent[cpu], cpu);
    }

    @Override
    public OpStream copy() {
        return new AfXdp(this);
    }
}
