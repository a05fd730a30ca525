package headcache.demos.lesson;

import headcache.protocol.ActorName;
import headcache.step.EventKind;
import headcache.step.HeadMisuse;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call into the machine, and all that followed from it.
 *
 * @param call what was called, where, and for which packets
 * @param before where heads were
 * @param after where heads are now
 * @param moments what the actors did, in order
 * @param misuse the verdict of the actor that refused to go on, or null
 */
record Turn(
        String call,
        State before,
        State after,
        List<Moment> moments,
        @Nullable HeadMisuse misuse) {

    /** The heads to which {@code kind} happened, in order. */
    List<Integer> heads(final EventKind kind) {
        return heads(moments.stream(), kind);
    }

    /** The heads to which {@code kind} happened at {@code who}, in order. */
    List<Integer> heads(final ActorName who, final EventKind kind) {
        return heads(moments.stream().filter(moment -> moment.who().equals(who)), kind);
    }

    private static List<Integer> heads(final Stream<Moment> moments, final EventKind kind) {
        return moments.flatMap(moment -> moment.events().stream())
                .filter(event -> event.kind() == kind)
                .map(Event::head)
                .toList();
    }

    /** How often {@code kind} happened. */
    int count(final EventKind kind) {
        return heads(kind).size();
    }
}
