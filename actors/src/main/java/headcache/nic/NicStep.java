package headcache.nic;

import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.NapiId;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.protocol.NicReport;
import headcache.protocol.Skb;
import headcache.skb.Encoding;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A network interface: its queues hold arrived frames and sent skbs until a poll takes them, and each
 * queue has one poll at a time.
 *
 * <p>Frames from the wire are steered by the hash of their flow, through an indirection table of {@value
 * IndirectionTable#PLACES} places that are dealt to the queues in turn; so all frames of a flow come to one CPU.
 *
 * <p>A sent skb is on the wire at once and is completed by the next poll of its queue, on the CPU that
 * the queue's interrupt goes to. That is how a head taken on one CPU is given back on another.
 */
public final class NicStep implements Step<NicMessage> {
    /** The most frames one poll takes ({@code NAPI_POLL_WEIGHT}). */
    public static final int BUDGET = 64;

    /** Frames that a ring holds where nothing else is said, as in the recorded machines. */
    public static final int RING = 256;

    private final NicId id;
    private final int ring;
    private final Rings[] queues;
    private final IndirectionTable table;
    private long received;
    private long ringDrops;
    private long polls;
    private long transmitted;

    private static final class Rings {
        final Queue queue;
        final ArrayDeque<Frame> arrived = new ArrayDeque<>();
        final ArrayDeque<Skb> sent = new ArrayDeque<>();
        boolean polling;

        Rings(Queue queue) {
            this.queue = queue;
        }

        Rings copy() {
            final Rings copy = new Rings(queue);
            copy.arrived.addAll(arrived);
            copy.sent.addAll(sent);
            copy.polling = polling;
            return copy;
        }
    }

    /** A NIC with {@code queues}, each with a receive ring of {@code ring} frames. */
    public NicStep(NicId id, List<Queue> queues, int ring) {
        this.id = id;
        this.ring = ring;
        this.queues = queues.stream().map(Rings::new).toArray(Rings[]::new);
        this.table = IndirectionTable.even(Math.min(queues.size(), IndirectionTable.PLACES));
    }

    private NicStep(NicStep other) {
        id = other.id;
        ring = other.ring;
        table = other.table;
        queues = new Rings[other.queues.length];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = other.queues[i].copy();
        }
        received = other.received;
        ringDrops = other.ringDrops;
        polls = other.polls;
        transmitted = other.transmitted;
    }

    @Override
    public void on(NicMessage message, Out out) {
        if (message instanceof NicMessage.Arrive arrived) {
            steer(arrived, out);
        } else if (message instanceof NicMessage.Receive frames) {
            receive(rings(frames.queue()), frames.frames(), out);
        } else if (message instanceof NicMessage.Transmit skbs) {
            transmit(rings(skbs.queue()), skbs.skbs(), out);
        } else if (message instanceof NicMessage.PollDone done) {
            polled(done, out);
        } else if (message instanceof CpuMessage.Report report) {
            out.send(report.from(), new MachineMessage.Reported(id, report()));
        } else {
            throw new IllegalArgumentException("not for a NIC's step: nic=" + id + ", message=" + message);
        }
    }

    /** All frames are in their rings before any queue interrupts. */
    private void steer(NicMessage.Arrive arrived, Out out) {
        for (final NicMessage.Hashed hashed : arrived.frames()) {
            receive(queues[table.queue(hashed.hash())], hashed.frame(), out);
        }
        for (final Rings rings : queues) {
            schedule(rings, out);
        }
    }

    private void receive(Rings rings, Frame[] frames, Out out) {
        for (final Frame frame : frames) {
            receive(rings, frame, out);
        }
        schedule(rings, out);
    }

    private void receive(Rings rings, Frame frame, Out out) {
        if (rings.arrived.size() < ring) {
            received++;
            rings.arrived.add(frame);
        } else {
            ringDrops++;
            out.event(EventKind.FRAME_DROPPED, Head.NONE, frame.flow());
        }
    }

    private void transmit(Rings rings, Skb[] skbs, Out out) {
        for (final Skb skb : skbs) {
            transmitted++;
            rings.sent.add(skb);
        }
        schedule(rings, out);
    }

    /** A completion that others still hold waits here for its next turn, with one reference less. */
    private void polled(NicMessage.PollDone done, Out out) {
        final Rings rings = ringsOf(done.napi());
        if (!rings.polling) {
            throw new IllegalStateException("end of a poll that does not run: nic=" + id + ", napi=" + done.napi());
        }
        rings.polling = false;
        for (final Skb skb : done.stillShared()) {
            rings.sent.add(skb);
        }
        schedule(rings, out);
    }

    private Rings rings(int queue) {
        if (queue < 0 || queue >= queues.length) {
            throw new IllegalArgumentException(
                    "no such queue: nic=" + id + ", queue=" + queue + ", queues=" + queues.length);
        }
        return queues[queue];
    }

    private Rings ringsOf(NapiId napi) {
        for (final Rings rings : queues) {
            if (rings.queue.napi().equals(napi)) {
                return rings;
            }
        }
        throw new IllegalArgumentException("not a queue of this NIC: nic=" + id + ", napi=" + napi);
    }

    private void schedule(Rings rings, Out out) {
        if (rings.polling || (rings.arrived.isEmpty() && rings.sent.isEmpty())) {
            return;
        }
        rings.polling = true;
        polls++;
        final Skb[] completions = rings.sent.toArray(new Skb[0]);
        rings.sent.clear();
        final Frame[] frames = new Frame[Math.min(BUDGET, rings.arrived.size())];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = rings.arrived.remove();
        }
        out.send(rings.queue.cpu(), new CpuMessage.Poll(id, rings.queue.napi(), completions, frames));
    }

    /** Who this is. */
    public NicId id() {
        return id;
    }

    /** The counters as they are now. */
    public NicReport report() {
        int waiting = 0;
        for (final Rings rings : queues) {
            waiting += rings.sent.size();
        }
        return new NicReport(received, ringDrops, polls, transmitted, waiting);
    }

    @Override
    public NicStep copy() {
        return new NicStep(this);
    }

    @Override
    public void count(HeadCount into) {
        for (final Rings rings : queues) {
            rings.sent.forEach(into.inUse()::add);
        }
    }

    @Override
    public void encode(StateBytes bytes) {
        for (final Rings rings : queues) {
            bytes.put(rings.polling);
            bytes.put(rings.arrived.size());
            for (final Frame frame : rings.arrived) {
                Encoding.put(bytes, frame);
            }
            bytes.put(rings.sent.size());
            for (final Skb skb : rings.sent) {
                Encoding.put(bytes, skb);
            }
        }
    }
}
