package headcache.workload.generated;

import headcache.workload.Context;
import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * Senders of datagrams on every CPU and a NIC with as many transmit queues: a task allocates with {@code alloc_skb} for
 * each {@code send}, and the completions come to the CPU that has the interrupt of the queue that the flow hashes to,
 * never the sender's own. So every CPU is given the heads of all others.
 *
 * <p>It is what argues for sending heads home: with 32 queues on 200 Gbit/s, 80 Mpps became 120 when {@code
 * napi_consume_skb} gave them to the CPU that had allocated them (Dumazet, e20dfbad8aab).
 */
final class UdpTx extends Traffic {
    /** Datagrams that a task sends until another one runs, at the most. */
    private static final int TURN = 16;

    /** By CPU: what waits in the ring whose completions it has. */
    private final IntQueue[] sent;

    UdpTx(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        sent = IntQueue.make(cpus, BUDGET);
    }

    private UdpTx(UdpTx other) {
        super(other);
        sent = IntQueue.copy(other.sent);
    }

    @Override
    void round() {
        final int sender = dice.roll(cpus);
        final int queue = (sender + 1 + dice.roll(cpus - 1)) % cpus;
        final int datagrams = dice.between(1, TURN);
        for (int i = 0; i < datagrams && mayBegin(); i++) {
            final int skb = begin(kinds.plain, sender, Context.TASK);
            on(skb, kinds.route, sender, Context.TASK);
            on(skb, kinds.own, sender, Context.TASK);
            sent[queue].add(skb);
        }
        if (sent[queue].size() >= BUDGET) {
            completeOnly(sent[queue], queue);
        }
    }

    @Override
    void finish(int cpu) {
        completeOnly(sent[cpu], cpu);
    }

    @Override
    public OpStream copy() {
        return new UdpTx(this);
    }
}
