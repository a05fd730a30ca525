package headcache.semantics;

import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What happened to heads, as lines: {@code GET n0/15 15}.
 *
 * <p>Heads that come or go together are one line: {@code REFILL n0/0-15 slots 0-15}.
 */
final class EventText {
    /** Said of the softirq, not of heads. */
    private static final Set<EventKind> STANDING_STILL = EnumSet.of(EventKind.SUSPENDED, EventKind.RESUMED);

    private static final Set<EventKind> TOGETHER = EnumSet.of(
            EventKind.REFILL,
            EventKind.SPILL,
            EventKind.FLUSH,
            EventKind.TAKEN_BACK,
            EventKind.DEPOT_IN,
            EventKind.DEPOT_OUT,
            EventKind.DEPOT_REAPED);

    private record Event(EventKind kind, int head, int detail) {

        /** Whether {@code next} continues a line in which heads go up or down by {@code step}. */
        boolean isFollowedBy(Event next, int step) {
            return next.kind == kind
                    && TOGETHER.contains(kind)
                    && next.head == head + step
                    && next.detail == detail + 1;
        }
    }

    private final List<Event> events;

    EventText() {
        this(new ArrayList<>());
    }

    private EventText(List<Event> events) {
        this.events = events;
    }

    void add(EventKind kind, int head, int detail) {
        events.add(new Event(kind, head, detail));
    }

    EventText copy() {
        return new EventText(new ArrayList<>(events));
    }

    /** All lines since the last call. */
    List<String> take() {
        return take(EnumSet.noneOf(EventKind.class));
    }

    /** The lines since the last call, but for those that tell when the softirq stood still. */
    List<String> takeOfHeads() {
        return take(STANDING_STILL);
    }

    private List<String> take(Set<EventKind> without) {
        final List<Event> wanted =
                events.stream().filter(event -> !without.contains(event.kind)).toList();
        events.clear();
        final List<String> lines = new ArrayList<>();
        int first = 0;
        while (first < wanted.size()) {
            final int last = lastTogether(wanted, first);
            lines.add(last == first ? line(wanted.get(first)) : line(wanted.get(first), wanted.get(last)));
            first = last + 1;
        }
        return lines;
    }

    private static int lastTogether(List<Event> all, int first) {
        for (final int step : new int[] {1, -1}) {
            int last = first;
            while (last + 1 < all.size() && all.get(last).isFollowedBy(all.get(last + 1), step)) {
                last++;
            }
            if (last > first) {
                return last;
            }
        }
        return first;
    }

    private static String line(Event first, Event last) {
        return first.kind + " " + Head.name(first.head) + "-" + Head.index(last.head) + " slots " + first.detail + "-"
                + last.detail;
    }

    private static String line(Event event) {
        final String head = event.head == Head.NONE ? "" : " " + Head.name(event.head);
        final String detail = detail(event);
        return event.kind + head + (detail.isEmpty() ? "" : " " + detail);
    }

    private static String detail(Event event) {
        final int detail = event.detail;
        return switch (event.kind) {
            case BORN, DATA_FAILED, FRAGMENT_FREED -> wayIn(WayIn.values()[detail]);
            case DIED -> WayOut.values()[detail].kernelName();
            case HOLD, UNHOLD -> Held.of(detail).name();
            case DATA_ADOPTED -> "by " + Head.name(detail);
            case LINKED -> "to " + Head.name(detail);
            case REFILL, SPILL, FLUSH, TAKEN_BACK, DEPOT_IN, DEPOT_OUT, DEPOT_REAPED -> "slot " + detail;
            case HANDED_OVER, POSTED -> "to cpu-" + detail;
            case SET_ASIDE -> "for cpu-" + detail;
            case SINGLE_ALLOC, SINGLE_ALLOC_FAILED -> detail < 0 ? "any" : "node-" + detail;
            case SLAB_OUT, SLAB_IN, SLAB_HALF -> "node-" + detail;
            case PEEKED, DEFERRED, DEFER_REFUSED, DEFER_KICKED, DEFER_HEEDED -> Integer.toString(detail);
            case BULK_GET, SHORTFALL_ASKED -> Integer.toString(detail);
            case SHORTFALL -> "place " + detail;
            case GET, PUT, CAME_BACK, REFILL_ASKED, SHARED, UNSHARED, QUEUED, SUSPENDED, RESUMED ->
                Integer.toString(detail);
            case WENT_OFFLINE, CAME_ONLINE -> "parked " + detail;
            case FRAME_DROPPED -> "flow " + detail;
            case GET_FAILED,
                    REFILL_FAILED,
                    SHORTFALL_FAILED,
                    SENT_HOME,
                    SINGLE_FREE,
                    DATA_TAKEN,
                    DATA_DROPPED,
                    REUSED,
                    SENT,
                    PEEK_TAKEN -> "";
        };
    }

    private static String wayIn(WayIn way) {
        return switch (way) {
            case NAPI_ALLOC_SKB_FRAG -> "napi_alloc_skb frag";
            case NAPI_ALLOC_SKB_KMALLOC -> "napi_alloc_skb kmalloc";
            default -> way.kernelName();
        };
    }
}
