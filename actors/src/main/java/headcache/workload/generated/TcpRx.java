package headcache.workload.generated;

import headcache.workload.Context;
import headcache.workload.IntQueue;
import headcache.workload.OpStream;

/**
 * Bulk receivers: each NIC's polls take some thirty frames, of which GRO makes units of up to 44 segments, 17
 * fragments to each member of a unit's list. A unit is read by a task on another CPU; more than half of them are
 * handed back to the CPU that took them and put there, whatever the policy, as many as in a recording of a kernel that does
 * so; with the others the task does as its kernel does, but for those that are freed already at delivery.
 * Every other unit is acknowledged by an skb of its own.
 */
final class TcpRx extends Traffic {
    private static final int UNIT_FRAGMENTS = 17;

    /** What 64 KiB hold of full segments. */
    private static final int UNIT_SEGMENTS = 44;

    private static final int HANDED_BACK = 550;
    private static final int FREED_AT_DELIVERY = 60;
    private static final int ACKED = 500;

    /** By taking CPU: units that wait to be read, units that come back, acknowledgements sent. */
    private final IntQueue[] delivered;

    private final IntQueue[] handedBack;
    private final IntQueue[] sent;

    TcpRx(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        delivered = IntQueue.make(cpus, BUDGET);
        handedBack = IntQueue.make(cpus, BUDGET);
        sent = IntQueue.make(cpus, BUDGET);
    }

    private TcpRx(TcpRx other) {
        super(other);
        delivered = IntQueue.copy(other.delivered);
        handedBack = IntQueue.copy(other.handedBack);
        sent = IntQueue.copy(other.sent);
    }

    /** The CPU of the task that reads what {@code cpu} takes: another one, unless there is none. */
    private int reader(int cpu) {
        return cpu + 1 < cpus ? cpu + 1 : cpu;
    }

    @Override
    void round() {
        final int cpu = dice.roll((cpus + 1) / 2) * 2;
        putHandedBack(cpu);
        complete(sent[cpu], cpu);
        int frames = dice.between(1, BUDGET);
        while (frames > 0 && mayBegin()) {
            final int segments = Math.min(frames, dice.between(UNIT_SEGMENTS / 2, UNIT_SEGMENTS));
            receiveUnit(cpu, segments);
            frames -= segments;
        }
        pollEnds(cpu);
        read(cpu, dice.roll(delivered[cpu].size() + 1));
    }

    private void receiveUnit(int cpu, int segments) {
        final int unit = begin(kinds.build, cpu);
        int fragments = 0;
        for (int segment = 1; segment < segments && mayBegin(); segment++) {
            final int skb = begin(kinds.build, cpu);
            final boolean room = fragments < UNIT_FRAGMENTS;
            merge(skb, room ? kinds.stolen : kinds.listed, unit, cpu);
            fragments = room ? fragments + 1 : 0;
        }
        on(unit, kinds.own, cpu);
        if (dice.says(FREED_AT_DELIVERY)) {
            end(unit, kinds.kfree, cpu);
        } else {
            delivered[cpu].add(unit);
        }
        if (mayBegin() && dice.says(ACKED)) {
            sent[cpu].add(begin(kinds.plain, cpu));
        }
    }

    private void read(int cpu, int units) {
        final int reader = reader(cpu);
        for (int i = 0; i < units; i++) {
            final int unit = delivered[cpu].remove();
            if (reader != cpu && dice.says(HANDED_BACK)) {
                handedBack[cpu].add(unit);
            } else {
                end(unit, kinds.handBack, reader, Context.TASK);
            }
        }
    }

    private void putHandedBack(int cpu) {
        while (!handedBack[cpu].isEmpty()) {
            end(handedBack[cpu].remove(), kinds.handBack, cpu);
        }
    }

    @Override
    void finish(int cpu) {
        read(cpu, delivered[cpu].size());
        putHandedBack(cpu);
        completeOnly(sent[cpu], cpu);
    }

    @Override
    public OpStream copy() {
        return new TcpRx(this);
    }
}
