package headcache.workload.generated;

import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * A router between pairs of CPUs: a frame is taken on one and its skb is consumed, after it was sent, by the
 * other one's poll. Four of five polls are of the side that downloads come from, in longer bursts; of TCP, three
 * of four segments are merged into the one before.
 */
final class VlanNat extends Traffic {
    private static final int NO_UNIT = -1;

    /** Segments that a unit takes over; the next one becomes a member of its list. */
    private static final int UNIT_FRAGMENTS = 17;

    private static final int DOWN_SIDE = 800;
    private static final int TCP = 600;
    private static final int SMALL = 150;
    private static final int MERGED = 750;

    /** Skbs sent by each CPU's NIC, not yet consumed. */
    private final IntQueue[] sent;

    VlanNat(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        sent = IntQueue.make(cpus, BUDGET);
    }

    private VlanNat(VlanNat other) {
        super(other);
        sent = IntQueue.copy(other.sent);
    }

    @Override
    void round() {
        final int pair = dice.roll(cpus / 2);
        final boolean down = dice.says(DOWN_SIDE);
        final int cpu = pair * 2 + (down ? 0 : 1);
        final int peer = cpu ^ 1;
        if (sent[peer].size() > RING - BUDGET) {
            completeOnly(sent[peer], peer);
        }
        complete(sent[cpu], cpu);
        receive(cpu, peer, down ? downBurst() : upBurst());
        pollEnds(cpu);
    }

    private int downBurst() {
        final int sort = dice.roll(100);
        return sort < 55 ? 1 : sort < 95 ? dice.around(8, BUDGET) : BUDGET;
    }

    private int upBurst() {
        return dice.says(700) ? 1 : dice.around(4, 25);
    }

    private void receive(int cpu, int peer, int frames) {
        final int merged = dice.says(TCP) ? MERGED : 0;
        int unit = NO_UNIT;
        int fragments = 0;
        boolean listed = false;
        for (int frame = 0; frame < frames && mayBegin(); frame++) {
            final int skb = begin(dice.says(SMALL) ? kinds.small : kinds.build, cpu);
            if (unit == NO_UNIT || !dice.says(merged)) {
                forward(unit, listed, cpu, peer);
                unit = skb;
                fragments = 0;
                listed = false;
            } else if (fragments < UNIT_FRAGMENTS) {
                merge(skb, kinds.stolen, unit, cpu);
                fragments++;
            } else {
                merge(skb, kinds.listed, unit, cpu);
                fragments = 0;
                listed = true;
            }
        }
        forward(unit, listed, cpu, peer);
    }

    /** Sends a unit from the peer's NIC; one that has a list cannot be sent whole, so its pieces are. */
    private void forward(int unit, boolean listed, int cpu, int peer) {
        if (unit == NO_UNIT) {
            return;
        }
        on(unit, kinds.route, cpu);
        on(unit, kinds.track, cpu);
        if (!listed) {
            sent[peer].add(unit);
            return;
        }
        for (int piece = 0; piece < 2 && mayBegin(); piece++) {
            final int skb = begin(kinds.plain, cpu);
            on(skb, kinds.route, cpu);
            sent[peer].add(skb);
        }
        end(unit, kinds.kfree, cpu);
    }

    @Override
    void finish(int cpu) {
        completeOnly(sent[cpu], cpu);
    }

    @Override
    public OpStream copy() {
        return new VlanNat(this);
    }
}
