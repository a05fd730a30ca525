package headcache.workload;

import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Op;
import headcache.skb.Encoding;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a workload to the machine: each CPU's operations in batches, many CPUs at a time, and what is done
 * to one skb in the workload's order. If its limits say so, one context at a time, and all in the workload's order.
 *
 * <p>It reads ahead a bounded number of operations and plans each into the newest batch of its queue. A batch
 * ends where it is full, or where the next operation needs an skb that another CPU or context has to give
 * back first. Whatever has not been planned yet comes later in the workload's order, and planned batches wait
 * only for batches of lower levels or earlier ones of their queue; so there is always one that can be sent,
 * and the end is reached.
 *
 * <p>CPUs stay online while a workload runs: an answer is known by who sends it.
 */
public final class DriverStep implements Step<DriverMessage> {
    /** Packets between two reports to the listener, where nothing else is said. */
    public static final long REPORT_EVERY = 1 << 17;

    private final DriverId id;
    private final Workload workload;
    private final SlottedOps ops;
    private final DriverLimits limits;
    private final long reportEvery;
    private final WorkQueue[] queues;

    /** Queues in which something may be ready to be sent. */
    private final ArrayDeque<WorkQueue> noted = new ArrayDeque<>();

    /** Queues that wait, with a batch that is ready but may still grow. */
    private final ArrayDeque<WorkQueue> growing = new ArrayDeque<>();

    private final OpBuffer buffer;
    private SkbTable skbs = new SkbTable();
    private @Nullable OpStream stream;
    private @Nullable ActorName listener;
    private int passesLeft;
    private int at;
    private int planned;
    private int lastPlanned;
    private int underWay;
    private long readOps;
    private long reported;
    private boolean ended;
    private DriverMessage.Progress progress;

    /** A driver that plays {@code workload} {@code repeat} times on {@code machine} once it is started. */
    public DriverStep(DriverId id, Workload workload, Topology machine, int repeat, DriverLimits limits) {
        this(id, workload, machine, repeat, limits, REPORT_EVERY);
    }

    /** The same, which reports to its listener after every {@code reportEvery} packets or a few more, 1 or more. */
    public DriverStep(
            DriverId id, Workload workload, Topology machine, int repeat, DriverLimits limits, long reportEvery) {
        this.id = id;
        this.reportEvery = reportEvery;
        this.workload = workload;
        this.ops = new SlottedOps(workload.kinds(), limits.batch() + 1);
        this.limits = limits;
        this.queues = new WorkQueue[Context.queues(machine.cpus())];
        for (int queue = 0; queue < queues.length; queue++) {
            queues[queue] = new WorkQueue(Context.actor(queue), limits.batch());
        }
        this.buffer = new OpBuffer();
        this.passesLeft = repeat;
        this.progress = new DriverMessage.Progress(id, 0, 0, 0, 0, 0, false);
    }

    private DriverStep(DriverStep other) {
        id = other.id;
        workload = other.workload;
        ops = other.ops;
        limits = other.limits;
        reportEvery = other.reportEvery;
        buffer = other.buffer.copy();
        stream = other.stream == null ? null : other.stream.copy();
        listener = other.listener;
        passesLeft = other.passesLeft;
        at = other.at;
        planned = other.planned;
        lastPlanned = other.lastPlanned;
        underWay = other.underWay;
        readOps = other.readOps;
        reported = other.reported;
        ended = other.ended;
        progress = other.progress;
        queues = new WorkQueue[other.queues.length];
        copyPlans(other);
    }

    private void copyPlans(DriverStep other) {
        final IdentityHashMap<PlannedBatch, PlannedBatch> copies = new IdentityHashMap<>();
        for (int queue = 0; queue < queues.length; queue++) {
            queues[queue] = other.queues[queue].copy(copies);
        }
        for (final WorkQueue queue : queues) {
            queue.forEach(batch -> batch.replaceHeirs(copies::get));
        }
        for (final WorkQueue queue : other.noted) {
            noted.add(queues[Context.queue(queue.actor)]);
        }
        for (final WorkQueue queue : other.growing) {
            growing.add(queues[Context.queue(queue.actor)]);
        }
        skbs = other.skbs.copy(copies::get);
    }

    @Override
    public void on(DriverMessage message, Out out) {
        if (message instanceof DriverMessage.Start start) {
            listener = start.from();
        } else if (message instanceof DriverMessage.BatchDone done) {
            finish(done);
        } else {
            throw new IllegalArgumentException("not for a driver's step: driver=" + id + ", message=" + message);
        }
        readAhead();
        send(out);
        report(out);
    }

    private void finish(DriverMessage.BatchDone done) {
        final WorkQueue queue = queues[Context.queue(done.who())];
        final PlannedBatch batch = queue.takeAnswered();
        skbs.keep(batch, done.slots());
        batch.finish();
        planned -= batch.operations();
        underWay--;
        for (int i = 0; i < batch.heirCount(); i++) {
            note(batch.heir(i).queue);
        }
        note(queue);
        progress = new DriverMessage.Progress(
                id,
                progress.packets() + batch.packets(),
                progress.operations() + batch.operations(),
                progress.batches() + 1,
                progress.failed() + done.failed(),
                progress.cancelled() + done.cancelled(),
                false);
    }

    private void readAhead() {
        while (planned < limits.ahead()) {
            if (at == buffer.size() && !fill()) {
                return;
            }
            if (limits.inOrder() && planned > 0 && buffer.queue(at) != lastPlanned) {
                return;
            }
            final int kind = buffer.kind(at);
            final int bulk = ops.bulk(kind);
            if (bulk == 0) {
                plan(kind, queues[buffer.queue(at)], buffer.skb(at), buffer.other(at));
                at++;
            } else {
                planBulk(queues[buffer.queue(at)], bulk);
                at += bulk;
            }
        }
    }

    /** Reads on, from the beginning again while there are passes left; false at the end of the last. */
    private boolean fill() {
        buffer.clear();
        at = 0;
        while (true) {
            if (stream != null && stream.read(buffer)) {
                readOps += buffer.size();
                return true;
            }
            if (passesLeft == 0) {
                stream = null;
                return false;
            }
            passesLeft--;
            stream = workload.open();
        }
    }

    private void plan(int kind, WorkQueue queue, int skb, int other) {
        long level = 0;
        if (skb != OpBuffer.NONE) {
            level = skbs.levelFor(skb, queue);
        }
        if (other != OpBuffer.NONE) {
            level = Math.max(level, skbs.levelFor(other, queue));
        }
        final PlannedBatch batch = queue.open(level);
        final int slot = skb == OpBuffer.NONE ? Op.NO_SLOT : skbs.slotIn(batch, skb);
        final int otherSlot = other == OpBuffer.NONE ? Op.NO_SLOT : skbs.slotIn(batch, other);
        batch.add(ops.at(kind, slot, otherSlot), ops.allocates(kind));
        planned++;
        lastPlanned = Context.queue(queue.actor);
        note(queue);
    }

    /** The next {@code count} operations of the buffer are one that begins as many skbs. */
    private void planBulk(WorkQueue queue, int count) {
        long level = 0;
        for (int i = at; i < at + count; i++) {
            level = Math.max(level, skbs.levelFor(buffer.skb(i), queue));
        }
        final PlannedBatch batch = queue.open(level, count);
        final Integer[] slots = new Integer[count];
        for (int i = 0; i < count; i++) {
            slots[i] = skbs.slotIn(batch, buffer.skb(at + i));
        }
        batch.addBulk(new Op.BuildBulk(List.of(slots)));
        planned += count;
        lastPlanned = Context.queue(queue.actor);
        note(queue);
    }

    private void note(WorkQueue queue) {
        if (queue.note()) {
            noted.add(queue);
        }
    }

    /** Sends what is ready; batches that may still grow only if the machine would soon have nothing to do. */
    private void send(Out out) {
        while (underWay < limits.underWay() && !noted.isEmpty()) {
            final WorkQueue queue = noted.remove();
            queue.forget();
            for (PlannedBatch ready = queue.takeSealed(); ready != null; ready = queue.takeSealed()) {
                send(ready, out);
            }
            if (queue.mayGrow()) {
                growing.add(queue);
            }
        }
        while (underWay < limits.busy() && !growing.isEmpty()) {
            final PlannedBatch ready = growing.remove().takeGrowing();
            if (ready != null) {
                send(ready, out);
            }
        }
    }

    private void send(PlannedBatch ready, Out out) {
        underWay++;
        out.send(ready.queue.actor, new CpuMessage.Batch(id, ready.ops(), skbs.take(ready)));
    }

    private void report(Out out) {
        final ActorName to = listener;
        if (to == null || ended) {
            return;
        }
        if (planned == 0) {
            ended = true;
            out.send(
                    to,
                    new DriverMessage.Progress(
                            id,
                            progress.packets(),
                            progress.operations(),
                            progress.batches(),
                            progress.failed(),
                            progress.cancelled(),
                            true));
        } else if (progress.packets() - reported >= reportEvery) {
            reported = progress.packets();
            out.send(to, progress);
        }
    }

    /** Counts the skbs that are here; those of batches under way are where the batches are. */
    @Override
    public void count(HeadCount into) {
        final BitSet away = new BitSet();
        for (final WorkQueue queue : queues) {
            queue.forEachUnderWay(batch -> batch.addNumbers(away));
        }
        skbs.count(away, into.inUse());
    }

    /** Who this is. */
    public DriverId id() {
        return id;
    }

    /** How far the machine has come. */
    public DriverMessage.Progress progress() {
        return progress;
    }

    @Override
    public DriverStep copy() {
        return new DriverStep(this);
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(passesLeft);
        bytes.put(readOps);
        bytes.put(at);
        bytes.put(ended);
        Encoding.put(bytes, listener);
        bytes.put(progress.packets() - reported);
        encode(noted, bytes);
        encode(growing, bytes);
        final IdentityHashMap<PlannedBatch, Integer> names = new IdentityHashMap<>();
        for (final WorkQueue queue : queues) {
            queue.forEach(batch -> names.put(batch, names.size()));
        }
        for (final WorkQueue queue : queues) {
            queue.encode(bytes);
            queue.forEach(batch -> batch.encode(bytes, names::get));
        }
        skbs.encode(bytes);
    }

    private static void encode(ArrayDeque<WorkQueue> queues, StateBytes bytes) {
        bytes.put(queues.size());
        for (final WorkQueue queue : queues) {
            Encoding.put(bytes, queue.actor);
        }
    }
}
