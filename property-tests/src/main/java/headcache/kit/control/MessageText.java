package headcache.kit.control;

import akka.actor.Terminated;
import akka.actor.typed.ActorRef;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages as people read them, and the same in every run: records and arrays are written out, actors go by their
 * names.
 */
public final class MessageText {
    /** What differs from run to run: an actor's uid, an object's hash code. */
    private static final Pattern RANDOM = Pattern.compile("#-?\\d+|@[0-9a-f]+\\b");

    /** What Akka wraps the message of a timer in. */
    private static final Pattern TIMER = Pattern.compile("TimerMsg\\(key=(.*), generation=.*");

    private final BiFunction<String, Object, @Nullable String> known;

    /**
     * Messages some of whose values have words of their own.
     *
     * @param known the words for a value, given the name of the record's component it comes from; null: the usual
     */
    public MessageText(BiFunction<String, Object, @Nullable String> known) {
        this.known = known;
    }

    /** {@code message} in the usual words; nothing for null. */
    static String of(@Nullable Object message) {
        return message == null ? "" : new MessageText((name, value) -> null).text(message);
    }

    /** {@code text} without what differs from run to run. */
    public static String stable(String text) {
        return RANDOM.matcher(text).replaceAll("");
    }

    /** {@code message} as people read it. */
    public String text(Object message) {
        return text("", message);
    }

    private String text(String name, @Nullable Object value) {
        final String words = value == null ? "-" : known.apply(name, value);
        if (words != null) {
            return words;
        } else if (value instanceof Record all) {
            return components(all);
        } else if (value instanceof ActorRef<?> actor) {
            return path(actor.path().toStringWithoutAddress());
        } else if (value instanceof Terminated dead) {
            return "Terminated(" + path(dead.actor().path().toStringWithoutAddress()) + ")";
        } else if (value instanceof Collection<?> several) {
            final StringJoiner text = new StringJoiner(", ", "[", "]");
            several.forEach(one -> text.add(text(name, one)));
            return text.toString();
        } else if (value != null && value.getClass().isArray()) {
            final StringJoiner text = new StringJoiner(", ", "[", "]");
            for (int i = 0; i < Array.getLength(value); i++) {
                text.add(text(name, Array.get(value, i)));
            }
            return text.toString();
        }
        return TIMER.matcher(stable(Objects.toString(value))).replaceFirst("Timer($1)");
    }

    /** Records with a text of their own are taken at their word. */
    private String components(Record value) {
        try {
            if (hasOwnText(value)) {
                return stable(value.toString());
            }
            final StringJoiner text = new StringJoiner(", ", value.getClass().getSimpleName() + "(", ")");
            for (final RecordComponent component : value.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                text.add(text(component.getName(), component.getAccessor().invoke(value)));
            }
            return text.toString();
        } catch (final ReflectiveOperationException | RuntimeException closed) {
            return stable(value.toString());
        }
    }

    private static boolean hasOwnText(Record value) {
        return !value.toString().startsWith(value.getClass().getSimpleName() + "[");
    }

    private static String path(String path) {
        final String below = Controller.SCENARIO + "/";
        return path.startsWith(below) ? path.substring(below.length()) : path;
    }
}
