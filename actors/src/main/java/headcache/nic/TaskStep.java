package headcache.nic;

import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.NodeId;
import headcache.protocol.Skb;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.protocol.TaskReport;
import headcache.skb.BatchRun;
import headcache.skb.Carried;
import headcache.skb.DirectLink;
import headcache.skb.Encoding;
import headcache.skb.Kernel;
import headcache.skb.OwnerLink;
import headcache.skb.SkbContext;
import headcache.skb.SlabCounters;
import headcache.skb.SlabLink;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Process context pinned to a CPU: it calls the slab directly and singly, past the CPU's cache, and
 * runs beside the CPU's softirq, suspended or not. Where its kernel lets it have a part in the cache, it
 * turns softirqs off for that: it asks its CPU, and is served in its turn among the CPU's work.
 */
public final class TaskStep implements Step<TaskMessage> {
    private final TaskId id;
    private final SkbContext context;
    private final ArrayDeque<TaskMessage> backlog = new ArrayDeque<>();
    private @Nullable BatchRun batch;
    private Skb @Nullable [] reading;
    private int read;
    private long delivered;

    /**
     * A task that has nothing to do yet.
     *
     * @param id who it is
     * @param cpu index of the CPU it is pinned to
     * @param memoryNode that CPU's memory node
     * @param kernel whose code paths it follows
     * @param acknowledged whether frees are waited for
     */
    public TaskStep(TaskId id, int cpu, NodeId memoryNode, Kernel kernel, boolean acknowledged) {
        this.id = id;
        this.context =
                new SkbContext(cpu, memoryNode.index(), kernel, null, link(id, memoryNode, kernel, acknowledged));
    }

    private static SlabLink link(TaskId id, NodeId memoryNode, Kernel kernel, boolean acknowledged) {
        return OwnerLink.over(new DirectLink(id, memoryNode, acknowledged), id, memoryNode, kernel);
    }

    private TaskStep(TaskStep other) {
        id = other.id;
        context = other.context.copy();
        backlog.addAll(other.backlog);
        batch = other.batch == null ? null : other.batch.copy();
        reading = other.reading;
        read = other.read;
        delivered = other.delivered;
    }

    @Override
    public void on(TaskMessage message, Out out) {
        if (message instanceof SlabReply reply) {
            context.link().on(reply, out);
        } else if (message instanceof CpuMessage.Deferred answer) {
            context.on(answer, out);
        } else if (message instanceof CpuMessage.Peeked answer) {
            context.on(answer);
        } else if (message instanceof CpuMessage.Report report) {
            out.send(report.from(), new MachineMessage.Reported(id, report()));
            return;
        } else {
            backlog.add(message);
        }
        run(out);
    }

    private void run(Out out) {
        while (!context.link().isBusy()) {
            if (batch != null) {
                runBatch(batch, out);
            } else if (reading != null) {
                readNext(reading, out);
            } else if (!next()) {
                return;
            }
        }
    }

    private boolean next() {
        final TaskMessage next = backlog.poll();
        if (next instanceof CpuMessage.Batch work) {
            batch = new BatchRun(work);
        } else if (next instanceof TaskMessage.Deliver delivery) {
            reading = delivery.skbs();
            read = 0;
        } else if (next != null) {
            throw new IllegalArgumentException("not for a task's step: task=" + id + ", message=" + next);
        }
        return next != null;
    }

    private void runBatch(BatchRun running, Out out) {
        if (running.run(context, this::notHere, out)) {
            running.answer(id, out);
            batch = null;
        }
    }

    private Skb notHere(Skb skb, Out out) {
        throw new IllegalArgumentException(
                "a task is no hard interrupt: task=" + id + ", head=" + Head.name(skb.head()));
    }

    /** Reads one received skb and gives up every reference that came with it. */
    private void readNext(Skb[] skbs, Out out) {
        if (read == skbs.length) {
            reading = null;
            return;
        }
        delivered++;
        Skb skb = skbs[read];
        while (skb != null) {
            skb = context.releaser().attemptDeferFree(skb, out);
        }
        read++;
    }

    /** Who this is. */
    public TaskId id() {
        return id;
    }

    /** The counters as they are now. */
    public TaskReport report() {
        final SlabCounters counters = context.counters();
        return new TaskReport(
                counters.allocs(),
                counters.failedAllocs(),
                counters.frees(),
                delivered,
                context.link().messages());
    }

    @Override
    public TaskStep copy() {
        return new TaskStep(this);
    }

    @Override
    public void count(HeadCount into) {
        context.link().count(into.inUse());
        if (batch != null) {
            batch.count(into.inUse());
        }
        if (reading != null) {
            into.inUse().add(reading, read);
        }
        for (final TaskMessage waiting : backlog) {
            Carried.each(waiting, into.inUse());
        }
    }

    @Override
    public void encode(StateBytes bytes) {
        context.link().encode(bytes);
        bytes.put(batch != null);
        if (batch != null) {
            batch.encode(bytes);
        }
        encodeSkbs(reading, read, bytes);
        bytes.put(backlog.size());
        for (final TaskMessage waiting : backlog) {
            if (waiting instanceof CpuMessage.Batch work) {
                bytes.put(1);
                new BatchRun(work).encode(bytes);
            } else if (waiting instanceof TaskMessage.Deliver delivery) {
                bytes.put(2);
                encodeSkbs(delivery.skbs(), 0, bytes);
            }
        }
    }

    private static void encodeSkbs(Skb @Nullable [] skbs, int from, StateBytes bytes) {
        final int end = skbs == null ? from : skbs.length;
        bytes.put(end - from);
        for (int i = from; i < end; i++) {
            Encoding.put(bytes, skbs == null ? null : skbs[i]);
        }
    }
}
