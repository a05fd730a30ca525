package headcache.workload.trace;

import headcache.protocol.SlabKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of the route table: which calls it is about, and the way they take.
 *
 * @param events the kinds of rows it is about
 * @param functions the {@code site} or {@code via}; none: any
 * @param callers who called the function, as a put tells; none: any
 * @param kind the slab of the object; null: either
 * @param context the context; null: any
 * @param budgetZero whether it is about calls with budget 0 only
 * @param route the way, for any node
 * @param since the first kernel of which it is true
 * @param note why, for people
 */
public record RouteEntry(
        List<TraceEvent> events,
        List<String> functions,
        List<String> callers,
        @Nullable SlabKind kind,
        @Nullable TraceContext context,
        boolean budgetZero,
        Route route,
        Since since,
        String note) {

    /** The kernel that a line is about. */
    public enum Since {
        /** The kernel that is modelled, and the later ones. */
        V5_12("5.12"),
        /** A later one only: the recordings have it, the kernel that is modelled does not. */
        V6_1("6.1");

        private final String label;

        Since(String label) {
            this.label = label;
        }

        /** The version as people write it. */
        public String label() {
            return label;
        }
    }

    /** The row's event, for people. */
    public String eventsText() {
        return String.join(" ", events.stream().map(TraceEvent::label).toList());
    }

    /** What else a row must have, for people: {@code cache=fclone ctx=softirq}. */
    public String conditionsText() {
        final StringBuilder text = new StringBuilder();
        if (!callers.isEmpty()) {
            text.append("caller=").append(String.join("/", callers));
        }
        if (kind != null) {
            text.append(" cache=").append(kind.name().toLowerCase(Locale.ROOT));
        }
        if (context != null) {
            text.append(" ctx=").append(context.label());
        }
        if (budgetZero) {
            text.append(" budget0=1");
        }
        return text.toString().strip();
    }

    boolean matches(Call call) {
        return events.contains(call.event())
                && (functions.isEmpty() || functions.contains(call.function()))
                && (callers.isEmpty() || callers.contains(call.caller()))
                && (kind == null || kind == call.kind())
                && (context == null || context == call.context())
                && (!budgetZero || call.budgetZero());
    }
}
