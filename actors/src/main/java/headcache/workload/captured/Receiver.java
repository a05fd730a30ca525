package headcache.workload.captured;

import headcache.workload.Context;
import headcache.workload.IntQueue;
import headcache.workload.OpBuffer;
import headcache.workload.SkbWriter;
import headcache.workload.capture.Frame;
import headcache.workload.capture.Gro;
import headcache.workload.capture.GroUnit;
import headcache.workload.capture.Treatment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The polls of a machine's receive queues, as operations: what was transmitted is consumed, frames get heads, GRO merges
 * them, and units go where they are to go.
 *
 * <p>As Linux 6.1 with the driver of the recorded machines: short frames are copied; a unit with a list is cut up in
 * software before it is sent, each piece with a head from the slab; what is no IPv4 is for the machine itself.
 */
public final class Receiver {
    /** The most frames that one poll takes. */
    public static final int BUDGET = 64;

    /** All that was transmitted is consumed. */
    public static final int ALL = Integer.MAX_VALUE;

    private final CaptureSettings settings;
    private final CaptureKinds kinds;
    private final SkbWriter skbs = new SkbWriter();
    private final List<Gro> gro = new ArrayList<>();
    private final ArrayDeque<GroUnit> closed = new ArrayDeque<>();
    private final Map<GroUnit, Integer> skbOf = new HashMap<>();

    /** By CPU: what its NIC has transmitted. */
    private final IntQueue[] sent;

    /** By CPU: what waits for its task. */
    private final IntQueue[] delivered;

    /** By CPU: completions that were asked for before they were there. */
    private final int[] owed;

    private long frames;
    private long merged;
    private long begun;

    /** A machine that has received nothing; its operations are of {@code kinds}. */
    public Receiver(CaptureSettings settings, CaptureKinds kinds) {
        this.settings = settings;
        this.kinds = kinds;
        for (int queue = 0; queue < settings.queues(); queue++) {
            gro.add(new Gro(closed::add));
        }
        sent = IntQueue.make(settings.cpus(), BUDGET);
        owed = new int[settings.cpus()];
        delivered = IntQueue.make(settings.cpus(), BUDGET);
    }

    /** What is done from here on is appended to {@code into}. */
    public void writeTo(OpBuffer into) {
        skbs.writeTo(into);
    }

    /** Whether anything waits to be consumed by the next poll of {@code cpu}. */
    boolean hasSent(int cpu) {
        return !sent[cpu].isEmpty();
    }

    /** Puts {@code heads} into the cache of {@code cpu}, which nobody has received yet. */
    public void park(int cpu, int heads) {
        for (int i = 0; i < heads; i++) {
            sent[cpu].add(begin(kinds.plain, cpu));
        }
        complete(cpu, ALL);
    }

    /** A poll of {@code queue} that consumes {@code completions} of what was transmitted and takes {@code arrived}. */
    public void poll(int queue, int completions, List<Frame> arrived) {
        final int cpu = settings.cpuOf(queue);
        complete(cpu, completions);
        for (final Frame frame : arrived) {
            receive(queue, cpu, frame);
            handUp(cpu);
        }
        gro.get(queue).endPoll();
        handUp(cpu);
        skbs.pollEnds(kinds.pollEnd, cpu);
        read(settings.endOf(cpu));
    }

    /** A poll of {@code cpu} for nothing but what was transmitted. */
    public void completeOnly(int cpu) {
        complete(cpu, ALL);
        skbs.pollEnds(kinds.pollEnd, cpu);
    }

    private void complete(int cpu, int atMost) {
        final long asked = (long) atMost + owed[cpu];
        final int now = (int) Math.min(asked, sent[cpu].size());
        owed[cpu] = atMost == ALL ? 0 : (int) asked - now;
        for (int i = 0; i < now; i++) {
            skbs.end(sent[cpu].remove(), kinds.consume, cpu, Context.SOFTIRQ);
        }
    }

    private void receive(int queue, int cpu, Frame frame) {
        frames++;
        final int skb = begin(frame.isShort() ? kinds.small : kinds.build, cpu);
        final Treatment treatment = gro.get(queue).receive(frame);
        final GroUnit unit = gro.get(queue).last();
        if (treatment == Treatment.HANDED_UP) {
            skbOf.put(unit, skb);
        } else {
            merged++;
            final int how = treatment == Treatment.MERGED ? kinds.stolen : kinds.listed;
            skbs.merge(skb, how, Objects.requireNonNull(skbOf.get(unit)), cpu);
        }
    }

    private int begin(int kind, int cpu) {
        begun++;
        return skbs.begin(kind, cpu, Context.SOFTIRQ);
    }

    private void handUp(int cpu) {
        while (!closed.isEmpty()) {
            final GroUnit unit = closed.remove();
            final int skb = skbOf.remove(unit);
            if (unit.first().etherType() != Frame.IPV4) {
                skbs.end(skb, kinds.kfree, cpu, Context.SOFTIRQ);
            } else if (settings.destination() == Destination.DELIVER) {
                skbs.on(skb, kinds.own, cpu);
                delivered[settings.endOf(cpu)].add(skb);
            } else {
                skbs.on(skb, kinds.route, cpu);
                forward(unit, skb, cpu);
            }
        }
    }

    private void forward(GroUnit unit, int skb, int cpu) {
        final IntQueue out = sent[settings.endOf(cpu)];
        if (unit.members() == 0) {
            out.add(skb);
            return;
        }
        for (int piece = 0; piece < unit.frames().size(); piece++) {
            out.add(begin(kinds.plain, cpu));
        }
        skbs.end(skb, kinds.kfree, cpu, Context.SOFTIRQ);
    }

    private void read(int cpu) {
        while (!delivered[cpu].isEmpty()) {
            skbs.end(delivered[cpu].remove(), kinds.kfree, cpu, Context.TASK);
        }
    }

    /** Frames received so far. */
    long frames() {
        return frames;
    }

    /** Frames of these that GRO merged. */
    long merged() {
        return merged;
    }

    /** Skbs that began, pieces included. */
    long begun() {
        return begun;
    }
}
