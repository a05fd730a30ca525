package headcache.audit;

import headcache.machine.Channels;
import headcache.protocol.ActorName;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Marker;
import headcache.skb.Encoding;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the actors of a machine count, cut by cut. One cut at a time: whoever asks for one while another is under
 * way gets none.
 *
 * <p>It stands outside of the machine like a driver. A cut begins at one actor, from which markers reach all others.
 */
public final class AuditStep implements Step<DriverMessage> {
    private final DriverId id;
    private final List<ActorName> actors;

    private final Map<ActorName, AuditMessage.Counted> counted = new HashMap<>();

    private @Nullable ActorName listener;
    private @Nullable Cut last;
    private int number;
    private int refused;

    /**
     * An audit over {@code channels}, named {@code id}, which is none of their actors.
     *
     * @throws IllegalArgumentException if there is no driver, or no way from the first to some other actor
     */
    public AuditStep(DriverId id, Channels channels) {
        this.id = id;
        this.actors = channels.actors();
        final Set<ActorName> reached = reachedFrom(first(), channels);
        for (final ActorName actor : actors) {
            if (!reached.contains(actor)) {
                throw new IllegalArgumentException(
                        "impossible audit: no channels lead from " + first() + " to " + actor);
            }
        }
    }

    private AuditStep(AuditStep other) {
        id = other.id;
        actors = other.actors;
        counted.putAll(other.counted);
        listener = other.listener;
        last = other.last;
        number = other.number;
        refused = other.refused;
    }

    private ActorName first() {
        return actors.stream()
                .filter(DriverId.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("impossible audit: no driver, actors=" + actors));
    }

    private static Set<ActorName> reachedFrom(ActorName first, Channels channels) {
        final Set<ActorName> reached = new LinkedHashSet<>();
        final ArrayDeque<ActorName> next = new ArrayDeque<>(List.of(first));
        while (!next.isEmpty()) {
            final ActorName actor = next.remove();
            if (reached.add(actor)) {
                next.addAll(channels.receiversOf(actor));
            }
        }
        return reached;
    }

    @Override
    public void on(DriverMessage message, Out out) {
        if (message instanceof AuditMessage.Begin begin) {
            begin(begin, out);
        } else if (message instanceof AuditMessage.Counted part) {
            collect(part, out);
        } else {
            throw new IllegalArgumentException("not for an audit: driver=" + id + ", message=" + message);
        }
    }

    private void begin(AuditMessage.Begin begin, Out out) {
        if (listener != null) {
            refused++;
            return;
        }
        listener = begin.from();
        number++;
        out.send(first(), new Marker(id, id, number));
    }

    private void collect(AuditMessage.Counted part, Out out) {
        final ActorName to = listener;
        if (to == null || part.cut() != number || counted.put(part.who(), part) != null) {
            throw new IllegalStateException("counted twice or unasked: from=" + part.who() + ", cut=" + part.cut());
        }
        if (counted.size() == actors.size()) {
            final Cut cut = new Cut(number, parts());
            counted.clear();
            listener = null;
            last = cut;
            out.send(to, cut);
        }
    }

    /** What has been counted so far, in the order of the actors. */
    private List<AuditMessage.Counted> parts() {
        return actors.stream()
                .flatMap(actor -> Stream.ofNullable(counted.get(actor)))
                .toList();
    }

    /** Who this is. */
    public DriverId id() {
        return id;
    }

    /** The last cut that is complete, or null. */
    public @Nullable Cut last() {
        return last;
    }

    /** How many cuts were asked for while another was under way. */
    public int refused() {
        return refused;
    }

    @Override
    public AuditStep copy() {
        return new AuditStep(this);
    }

    /** Counts nothing: no head comes here. */
    @Override
    public void count(HeadCount into) {}

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(number);
        Encoding.put(bytes, listener);
        bytes.put(last != null && !last.addsUp());
        parts().forEach(part -> SumBytes.put(bytes, part));
    }
}
