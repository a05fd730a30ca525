package headcache.verify.scene;

import headcache.kit.Statement;
import headcache.protocol.Head;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.HeadMisuse;
import headcache.step.Tap;
import headcache.verify.Invariant;
import headcache.verify.Violation;
import headcache.verify.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Stands between the machine and who watches it, and remembers what the last delivery did and in which delivery each event was. */
final class Observer {
    private static final Pattern EVENT = Pattern.compile("event=(\\d+)");
    private static final int FIELDS = 3;
    private static final EventKind[] KINDS = EventKind.values();

    private final Watch watch;
    private int[] events = new int[64];
    private int size;

    /** How many events there were before each delivery. */
    private int[] before = new int[64];

    private int deliveries;
    private int total;

    Observer(Watch watch) {
        this.watch = watch;
    }

    /** A delivery begins. */
    void next() {
        size = 0;
        if (deliveries == before.length) {
            before = Arrays.copyOf(before, 2 * deliveries);
        }
        before[deliveries++] = total;
    }

    /** {@code inner}, and what it is shown is remembered. */
    Tap over(Tap inner) {
        return (who, message, state, log) -> {
            inner.onStep(who, message, state, log);
            note(log);
        };
    }

    private void note(EventLog log) {
        final int count = log.size();
        while (size + count * FIELDS > events.length) {
            events = Arrays.copyOf(events, 2 * events.length);
        }
        for (int i = 0; i < count; i++) {
            events[size++] = log.kind(i).ordinal();
            events[size++] = log.head(i);
            events[size++] = log.detail(i);
        }
        total += count;
    }

    /** The events of the last delivery. */
    List<String> observed() {
        return IntStream.range(0, size / FIELDS)
                .mapToObj(i -> KINDS[events[i * FIELDS]]
                        + (events[i * FIELDS + 1] == Head.NONE ? "" : " " + Head.name(events[i * FIELDS + 1])))
                .toList();
    }

    /**
     * What each invariant says; with what went wrong besides, if anything did. Of the invariants that a misuse stands
     * for, none says that it holds.
     */
    List<Statement> statements(@Nullable Throwable failure, String rule) {
        final MisuseLaw misused = failure instanceof HeadMisuse misuse ? MisuseLaw.of(misuse.rule()) : null;
        final List<Statement> all = new ArrayList<>();
        boolean isTold = failure == null;
        for (final Invariant invariant : Invariant.values()) {
            String broken = watched(invariant);
            if (failure != null && rule.equals(invariant.name())) {
                broken = broken == null ? failure.getMessage() : broken;
                isTold = true;
            }
            if (broken != null || misused == null || !misused.invariants().contains(invariant)) {
                all.add(new Statement(
                        invariant.name(),
                        invariant.title() + ": " + invariant.law(),
                        broken == null ? null : withDeliveries(broken)));
            }
        }
        if (!isTold && failure != null) {
            all.add(new Statement(
                    rule,
                    misused == null ? "no actor crashes" : misused.toString(),
                    withDeliveries(String.valueOf(failure.getMessage()))));
        }
        return List.copyOf(all);
    }

    private @Nullable String watched(Invariant invariant) {
        return watch.violations().stream()
                .filter(violation -> violation.invariant() == invariant)
                .findFirst()
                .map(Violation::toString)
                .orElse(null);
    }

    /** Events are counted in the order in which they were seen; people count deliveries. */
    private String withDeliveries(String facts) {
        return EVENT.matcher(facts)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group() + " (" + delivery(Long.parseLong(found.group(1))) + ")"));
    }

    private String delivery(long event) {
        if (event > total) {
            return "at the end";
        }
        int number = deliveries;
        while (number > 1 && before[number - 1] >= event) {
            number--;
        }
        return "delivery " + number;
    }
}
