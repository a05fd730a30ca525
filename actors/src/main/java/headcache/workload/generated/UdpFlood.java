package headcache.workload.generated;

import headcache.workload.Context;
import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * Datagrams that tasks on other CPUs read: every head comes from the cache and goes back singly, so nothing is
 * ever recycled. A reader that falls behind has its socket full, and what arrives then is dropped in the
 * softirq.
 */
final class UdpFlood extends Traffic {
    /** Datagrams that wait in a socket's buffer at the most. */
    private static final int SOCKET = 256;

    private static final int READ_AT_ONCE = 70;
    private static final int SMALL = 700;

    /** By taking CPU: datagrams that wait to be read. */
    private final IntQueue[] delivered;

    UdpFlood(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        delivered = IntQueue.make(cpus, SOCKET);
    }

    private UdpFlood(UdpFlood other) {
        super(other);
        delivered = IntQueue.copy(other.delivered);
    }

    @Override
    void round() {
        final int cpu = dice.roll((cpus + 1) / 2) * 2;
        final int frames = dice.between(1, BUDGET);
        for (int frame = 0; frame < frames && mayBegin(); frame++) {
            final int skb = begin(dice.says(SMALL) ? kinds.small : kinds.build, cpu);
            on(skb, kinds.route, cpu);
            if (delivered[cpu].size() < SOCKET) {
                on(skb, kinds.own, cpu);
                delivered[cpu].add(skb);
            } else {
                end(skb, kinds.kfree, cpu);
            }
        }
        pollEnds(cpu);
        read(cpu, Math.min(delivered[cpu].size(), dice.roll(READ_AT_ONCE)));
    }

    private void read(int cpu, int datagrams) {
        final int reader = cpu + 1 < cpus ? cpu + 1 : cpu;
        for (int i = 0; i < datagrams; i++) {
            end(delivered[cpu].remove(), kinds.kfree, reader, Context.TASK);
        }
    }

    @Override
    void finish(int cpu) {
        read(cpu, delivered[cpu].size());
    }

    @Override
    public OpStream copy() {
        return new UdpFlood(this);
    }
}
