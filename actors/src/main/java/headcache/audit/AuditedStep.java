package headcache.audit;

import headcache.machine.Channels;
import headcache.protocol.ActorName;
import headcache.protocol.Marker;
import headcache.protocol.Message;
import headcache.protocol.Via;
import headcache.skb.Carried;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step that takes part in audits: the rules of Chandy and Lamport around any other step.
 *
 * <p>At the first marker of a cut it counts what is here, and sends a marker on every channel before anything else.
 * From then on it counts what comes by each channel until that channel's marker. When all have come it tells the audit.
 * A marker is dealt with at once: it is no work, and never waits behind work. What the step inside keeps, such as the
 * backlog of a CPU that stands still, is part of what is here.
 *
 * @param <M> the messages the step takes
 */
public final class AuditedStep<M extends Message> implements Step<M>, Out {
    private final ActorName self;
    private final Step<M> inner;
    private final Channels channels;
    private final List<ActorName> senders;
    private final List<ActorName> receivers;
    private final Set<ActorName> mayGet;

    /** The last cut that this actor took part in; 0 before the first. */
    private int cut;

    private @Nullable Recording recording;
    private AuditMessage.@Nullable Counted part;

    /** Where the step inside sends to, while it runs. */
    private @Nullable Out out;

    /** Makes {@code inner}, the actor {@code self}, take part in audits over {@code channels}. */
    public AuditedStep(ActorName self, Step<M> inner, Channels channels) {
        this.self = self;
        this.inner = inner;
        this.channels = channels;
        this.senders = channels.sendersTo(self);
        this.receivers = channels.receiversOf(self);
        this.mayGet = Set.copyOf(receivers);
    }

    private AuditedStep(AuditedStep<M> other) {
        self = other.self;
        inner = other.inner.copy();
        channels = other.channels;
        senders = other.senders;
        receivers = other.receivers;
        mayGet = other.mayGet;
        cut = other.cut;
        recording = other.recording == null ? null : other.recording.copy();
        part = other.part;
    }

    @Override
    public void on(M message, Out to) {
        if (message instanceof Marker marker) {
            on(marker, to);
        } else if (message instanceof Via via) {
            on(via, to);
        } else {
            mustBeBare(message, "from outside");
            run(message, to);
        }
    }

    private void on(Marker marker, Out to) {
        Recording running = recording;
        if (running == null) {
            running = begin(marker, to);
        } else if (marker.cut() != cut) {
            throw new IllegalStateException("cuts overlap: at=" + self + ", cut=" + cut + ", marker=" + marker);
        }
        if (!marker.from().equals(marker.audit())) {
            running.close(channelFrom(marker.from()));
        }
        if (running.isComplete()) {
            final AuditMessage.Counted told =
                    new AuditMessage.Counted(self, cut, running.here(), running.arrived(senders));
            recording = null;
            part = told;
            to.send(marker.audit(), told);
        }
    }

    private int channelFrom(ActorName sender) {
        final int channel = senders.indexOf(sender);
        if (channel < 0) {
            throw new IllegalStateException("no such channel is declared: from=" + sender + ", to=" + self);
        }
        return channel;
    }

    private Recording begin(Marker marker, Out to) {
        if (marker.cut() <= cut) {
            throw new IllegalStateException(
                    "marker of a cut that is over: at=" + self + ", cut=" + cut + ", marker=" + marker);
        }
        cut = marker.cut();
        part = null;
        final HeadCount here = HeadCount.nothing();
        inner.count(here);
        final Recording begun = new Recording(here, senders.size());
        recording = begun;
        final Marker own = new Marker(self, marker.audit(), cut);
        for (final ActorName receiver : receivers) {
            to.send(receiver, own);
        }
        return begun;
    }

    @SuppressWarnings("unchecked") // The sender chose the message for the receiver's kind of actor.
    private void on(Via via, Out to) {
        final Recording running = recording;
        if (running != null) {
            running.arrived(channelFrom(via.from()), via.message());
        }
        run((M) via.message(), to);
    }

    private void run(M message, Out to) {
        out = to;
        try {
            inner.on(message, this);
        } finally {
            out = null;
        }
    }

    /** Sends what the step inside sends, with the name of the channel. */
    @Override
    public void send(ActorName to, Message message) {
        final Out outside = Objects.requireNonNull(out, "only while a message is taken");
        final ActorName receiver = channels.receiver(to);
        if (mayGet.contains(receiver)) {
            outside.send(to, new Via(self, message));
        } else if (channels.isActor(self) && channels.isActor(receiver)) {
            throw new IllegalStateException("no such channel is declared: from=" + self + ", to=" + receiver
                    + ", message=" + message.getClass().getSimpleName());
        } else {
            mustBeBare(message, "to " + receiver);
            outside.send(to, message);
        }
    }

    @Override
    public void event(EventKind kind, int head, int detail) {
        Objects.requireNonNull(out, "only while a message is taken").event(kind, head, detail);
    }

    private void mustBeBare(Message message, String where) {
        final HeadSums heads = new HeadSums();
        Carried.each(message, heads);
        if (heads.count() != 0) {
            throw new IllegalStateException("heads on a channel that is not declared: at=" + self + ", " + where
                    + ", heads=" + heads + ", message=" + message);
        }
    }

    /** The step inside, to be read only. */
    public Step<M> inner() {
        return inner;
    }

    /** The last cut that this actor took part in, from 1; 0 before the first. */
    public int cut() {
        return cut;
    }

    /** What this actor told of the last cut, once all markers have come; otherwise null. */
    public AuditMessage.@Nullable Counted part() {
        return part;
    }

    /** What was here at the actor's cut, while markers are still awaited; otherwise null. */
    public @Nullable HeadCount here() {
        return recording == null ? null : recording.here();
    }

    /** The channels to this actor, by sender, whose marker is awaited. */
    public List<ActorName> awaited() {
        final Recording running = recording;
        return running == null
                ? List.of()
                : senders.stream()
                        .filter(sender -> running.isOpen(senders.indexOf(sender)))
                        .toList();
    }

    @Override
    public AuditedStep<M> copy() {
        return new AuditedStep<>(this);
    }

    @Override
    public void count(HeadCount into) {
        inner.count(into);
    }

    @Override
    public void encode(StateBytes bytes) {
        inner.encode(bytes);
        bytes.put(cut);
        bytes.put(recording != null);
        if (recording != null) {
            recording.encode(bytes);
        }
        bytes.put(part != null);
        if (part != null) {
            SumBytes.put(bytes, part); // nothing depends on it, but a search tells states apart by what was counted
        }
    }
}
