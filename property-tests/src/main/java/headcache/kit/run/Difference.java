package headcache.kit.run;

import headcache.kit.control.MessageText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where two runs differ although the same was delivered: something depends on more than the order of messages, such as
 * a clock, a random number, the order of a hash map, or what an earlier run has left behind.
 *
 * @param step number of the delivery that showed it, from 1; 0: the beginning
 * @param what what differs
 * @param one what it was in the first run
 * @param other what it was in the second
 */
public record Difference(int step, String what, String one, String other) {
    private static final String NOTHING = "nothing";

    /** The first difference between two runs, event by event. */
    public static Optional<Difference> between(Recording one, Recording other) {
        return Optional.ofNullable(first(one, other));
    }

    /** Whether something else went wrong in {@code again} than {@code seen}, which went wrong when it was first done. */
    public static Optional<Difference> between(Throwable seen, Recording again) {
        return Optional.ofNullable(compare(
                again.steps().size(),
                "what went wrong",
                wrong(seen),
                wrong(again.trail().cause())));
    }

    private static @Nullable Difference first(Recording one, Recording other) {
        Difference found = compare(0, "what was sent", one.begun(), other.begun());
        final int length = Math.max(one.steps().size(), other.steps().size());
        for (int i = 0; i < length && found == null; i++) {
            found = i < one.steps().size() && i < other.steps().size()
                    ? compare(i + 1, one.steps().get(i), other.steps().get(i))
                    : new Difference(i + 1, "what was delivered", name(one, i), name(other, i));
        }
        return found == null
                ? compare(
                        length,
                        "what went wrong",
                        wrong(one.trail().cause()),
                        wrong(other.trail().cause()))
                : found;
    }

    private static @Nullable Difference compare(int number, Step one, Step other) {
        Difference found = compare(number, "what was delivered", one.name(), other.name());
        found = found == null ? compare(number, "the message", one.letter(), other.letter()) : found;
        found = found == null ? compare(number, "what was observed", one.observed(), other.observed()) : found;
        found = found == null ? compare(number, "what was sent", one.sends(), other.sends()) : found;
        return found == null ? compare(number, "the state afterwards", one.state(), other.state()) : found;
    }

    private static @Nullable Difference compare(int number, String what, Object one, Object other) {
        if (one.equals(other)) {
            return null;
        }
        final boolean looksDifferent = !text(one).equals(text(other));
        return new Difference(
                number, what, looksDifferent ? text(one) : "one value", looksDifferent ? text(other) : "another");
    }

    private static String text(Object value) {
        return value instanceof List<?> list && list.isEmpty() ? NOTHING : Objects.toString(value);
    }

    private static String name(Recording run, int step) {
        return step < run.steps().size() ? run.steps().get(step).name() : NOTHING;
    }

    private static String wrong(@Nullable Throwable cause) {
        return cause == null
                ? NOTHING
                : MessageText.stable(
                        Objects.toString(cause.getMessage(), cause.getClass().getName()));
    }

    /** One line for people. */
    @Override
    public String toString() {
        return (step == 0 ? "at the beginning" : "at delivery " + step) + " " + what + " differs: " + one
                + " in one run, " + other + " in another";
    }
}
