package headcache.workload.generated;

import headcache.workload.OpStream;
import java.util.Arrays;

/**
 * One skb that bounces between two memory nodes: a CPU takes it, one of the other node consumes it and answers with
 * another, which is consumed where the first came from. A machine with more CPUs has one for each pair of them.
 *
 * <p>It is the least that tells how a policy treats what comes from elsewhere: a cache that keeps what it is given has
 * the same heads go to and fro for ever and asks the slab once, at the price that every access is to another node's
 * memory; one that sends heads home needs a message for each. Latency tests of machines with more than one node,
 * netperf's {@code TCP_RR} with client and server on two of them for one, bounce a packet like this.
 */
final class NumaPingPong extends Traffic {
    private static final int NONE = -1;

    /** By pair: the skb that is on its way, or {@link #NONE}. */
    private final int[] skb;

    /** By pair: whether it is on its way to the second CPU, or to the first. */
    private final boolean[] there;

    NumaPingPong(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        skb = new int[cpus / 2];
        Arrays.fill(skb, NONE);
        there = new boolean[cpus / 2];
    }

    private NumaPingPong(NumaPingPong other) {
        super(other);
        skb = other.skb.clone();
        there = other.there.clone();
    }

    /** Half of the machine away, so on another node: neighbours are together, and there are two nodes at least. */
    private int cpu(int pair) {
        return there[pair] ? pair + (cpus + 1) / 2 : pair;
    }

    @Override
    void round() {
        final int pair = dice.roll(skb.length);
        final int cpu = cpu(pair);
        consume(pair, cpu);
        skb[pair] = begin(kinds.build, cpu);
        pollEnds(cpu);
        there[pair] = !there[pair];
    }

    private void consume(int pair, int cpu) {
        if (skb[pair] != NONE) {
            end(skb[pair], kinds.consume, cpu);
            skb[pair] = NONE;
        }
    }

    @Override
    void finish(int cpu) {
        if (cpu < skb.length && skb[cpu] != NONE) {
            final int last = cpu(cpu);
            consume(cpu, last);
            pollEnds(last);
        }
    }

    @Override
    public OpStream copy() {
        return new NumaPingPong(this);
    }
}
