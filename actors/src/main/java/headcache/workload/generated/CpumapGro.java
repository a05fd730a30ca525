package headcache.workload.generated;

import headcache.workload.IntQueue;
import headcache.workload.OpStream;
import java.util.Arrays;

/**
 * XDP's cpumap with GRO ({@code kernel/bpf/cpumap.c} since 6.15): the NIC interrupts an odd CPU, whose XDP program
 * sends the frames on, without any skb, to the even CPU before it. There a thread takes them by eight, builds eight
 * skbs ({@code napi_skb_cache_get_bulk}) and gives them to GRO, which merges what belongs to one of four flows to units
 * of up to 17 frames and is flushed after 64. Units are forwarded, and their completions come to the interrupted CPU.
 *
 * <p>GRO gives back the heads of all but the first frame of each unit, and the next eight come from there: 4.0 Mpps
 * became 4.7 when the thread took its heads from the cache and no longer in bulk from the slab (ed16b8a4d1ca). Kernels
 * before that have no bulk get; here they do eight gets one after the other in its place, and no bulk request of eight.
 */
final class CpumapGro extends Traffic {
    /** Frames that the thread takes at once: {@code CPUMAP_BATCH}. */
    static final int BATCH = 8;

    /** Frames that GRO makes a unit of. */
    static final int UNIT_FRAMES = 17;

    private static final int FLOWS = 4;
    private static final int NONE = -1;

    /** By interrupted CPU: units that wait in its ring. */
    private final IntQueue[] sent;

    /** The batch that the thread works on; empty between two rounds. */
    private final IntQueue built = new IntQueue(BATCH);

    /** By flow: the unit that GRO holds, or {@link #NONE} as always between two rounds, and of how many frames. */
    private final int[] held = new int[FLOWS];

    private final int[] frames = new int[FLOWS];

    CpumapGro(TrafficKinds kinds, GeneratorOptions options) {
        super(kinds, options);
        sent = IntQueue.make(cpus, BUDGET);
        Arrays.fill(held, NONE);
    }

    private CpumapGro(CpumapGro other) {
        super(other);
        sent = IntQueue.copy(other.sent);
        Arrays.fill(held, NONE);
    }

    @Override
    void round() {
        final int cpu = dice.roll(cpus / 2) * 2;
        final int interrupted = cpu + 1;
        completeOnly(sent[interrupted], interrupted);
        for (int left = dice.between(1, BUDGET); left > 0 && mayBegin(); left -= BATCH) {
            build(cpu, Math.min(left, BATCH));
            while (!built.isEmpty()) {
                receive(built.remove(), cpu);
            }
        }
        for (int flow = 0; flow < FLOWS; flow++) {
            forward(flow, cpu);
        }
        pollEnds(cpu);
    }

    private void build(int cpu, int skbs) {
        final int count = mayBegin(skbs);
        for (int i = 0; i < count; i++) {
            built.add(begin(kinds.bulk(count), cpu));
        }
    }

    private void receive(int skb, int cpu) {
        final int flow = dice.roll(FLOWS);
        if (held[flow] == NONE) {
            held[flow] = skb;
            frames[flow] = 1;
            return;
        }
        merge(skb, kinds.stolen, held[flow], cpu);
        if (++frames[flow] == UNIT_FRAMES) {
            forward(flow, cpu);
        }
    }

    private void forward(int flow, int cpu) {
        if (held[flow] != NONE) {
            on(held[flow], kinds.route, cpu);
            sent[cpu + 1].add(held[flow]);
            held[flow] = NONE;
        }
    }

    @Override
    void finish(int cpu) {
        completeOnly(sent[cpu], cpu);
    }

    @Override
    public OpStream copy() {
        return new CpumapGro(this);
    }
}
