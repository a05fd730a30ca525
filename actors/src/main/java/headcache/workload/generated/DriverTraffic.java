package headcache.workload.generated;

import headcache.protocol.WayIn;
import headcache.workload.Context;
import headcache.workload.IntQueue;
import headcache.workload.OpStream;
import java.util.Arrays;

/**
 * One driver and one fate of its frames: what the kernel's code paths are compared on. A poll consumes what was sent
 * since the last one and takes 1 to 64 frames.
 *
 * <p>Where GRO merges, frames of the frags path use one skb again and again, as {@code napi_reuse_skb} has it; the
 * heads of others are stolen.
 */
final class DriverTraffic extends Traffic {
    private static final int NONE = -1;

    /** Frames that GRO makes a unit of. */
    private static final int UNIT_FRAMES = 17;

    private final int driver;
    private final boolean reuses;
    private final Fate fate;
    private final IntQueue[] sent;

    /** By CPU: the skb in {@code napi->skb}, ready for the next frame, or {@link #NONE}. */
    private final int[] kept;

    DriverTraffic(TrafficKinds kinds, WayIn driver, Fate fate, GeneratorOptions options) {
        super(kinds, options);
        this.driver = kinds.all.in(driver);
        this.reuses = driver == WayIn.NAPI_GET_FRAGS;
        this.fate = fate;
        this.sent = IntQueue.make(cpus, BUDGET);
        this.kept = new int[cpus];
        Arrays.fill(kept, NONE);
    }

    private DriverTraffic(DriverTraffic other) {
        super(other);
        driver = other.driver;
        reuses = other.reuses;
        fate = other.fate;
        sent = IntQueue.copy(other.sent);
        kept = other.kept.clone();
    }

    @Override
    void round() {
        final int cpu = dice.roll(cpus);
        complete(sent[cpu], cpu);
        final int frames = dice.between(1, BUDGET);
        if (fate == Fate.MERGED || fate == Fate.SEGMENTED) {
            merge(cpu, frames);
        } else {
            for (int frame = 0; frame < frames && mayBegin(); frame++) {
                handUp(cpu);
            }
        }
        pollEnds(cpu);
    }

    private void handUp(int cpu) {
        final int skb = begin(driver, cpu);
        on(skb, kinds.route, cpu);
        if (fate == Fate.DELIVERED) {
            end(skb, kinds.kfree, cpu, Context.TASK);
        } else {
            sent[cpu].add(skb);
        }
    }

    private void merge(int cpu, int frames) {
        for (int frame = 0; frame < frames && mayBegin(); frame += UNIT_FRAMES) {
            final int unit = take(cpu);
            final int size = Math.min(UNIT_FRAMES, frames - frame);
            for (int merged = 1; merged < size && (mayBegin() || kept[cpu] != NONE); merged++) {
                mergeOne(unit, cpu);
            }
            on(unit, kinds.route, cpu);
            send(unit, size, cpu);
        }
    }

    /** Sends a unit, whole or in {@code size} pieces ({@code skb_segment}). */
    private void send(int unit, int size, int cpu) {
        if (fate != Fate.SEGMENTED) {
            sent[cpu].add(unit);
            return;
        }
        for (int piece = 0; piece < size && mayBegin(); piece++) {
            sent[cpu].add(begin(kinds.plain, cpu));
        }
        end(unit, kinds.kfree, cpu);
    }

    private int take(int cpu) {
        final int skb = kept[cpu] == NONE ? begin(driver, cpu) : kept[cpu];
        kept[cpu] = NONE;
        return skb;
    }

    private void mergeOne(int unit, int cpu) {
        final int skb = take(cpu);
        if (reuses) {
            on(skb, kinds.reused, cpu);
            kept[cpu] = skb;
        } else {
            merge(skb, kinds.stolen, unit, cpu);
        }
    }

    @Override
    void finish(int cpu) {
        if (kept[cpu] != NONE) {
            end(take(cpu), kinds.kfree, cpu);
        }
        completeOnly(sent[cpu], cpu);
    }

    @Override
    public OpStream copy() {
        return new DriverTraffic(this);
    }
}
