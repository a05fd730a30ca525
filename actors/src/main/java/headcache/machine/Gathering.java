package headcache.machine;

import headcache.protocol.ActorName;
import headcache.protocol.Report;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers that are waited for, one from each of some actors. */
final class Gathering {
    private final List<ActorName> all;
    private final Set<ActorName> missing;
    private final LinkedHashMap<ActorName, Report> reports = new LinkedHashMap<>();
    private final Supplier<@Nullable Gathering> next;

    /** Waits for {@code all}; then what {@code next} gives is waited for. */
    Gathering(List<ActorName> all, Supplier<@Nullable Gathering> next) {
        this.all = all;
        this.missing = new LinkedHashSet<>(all);
        this.next = next;
    }

    /** Takes the answer of {@code who}; whether it was the last one. */
    boolean add(ActorName who, @Nullable Report report) {
        if (!missing.remove(who)) {
            throw new IllegalStateException("answered twice or unasked: from=" + who);
        }
        if (report != null) {
            reports.put(who, report);
        }
        return missing.isEmpty();
    }

    /** What is waited for after this, or null. */
    @Nullable
    Gathering then() {
        return next.get();
    }

    /** The reports, in the order in which they were asked for. */
    Map<ActorName, Report> reports() {
        final LinkedHashMap<ActorName, Report> ordered = new LinkedHashMap<>();
        for (final ActorName who : all) {
            final Report report = reports.get(who);
            if (report != null) {
                ordered.put(who, report);
            }
        }
        return ordered;
    }
}
