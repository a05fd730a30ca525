package headcache.kit.search;

import java.util.List;

/**
 * A run in which something went wrong.
 *
 * @param channels which channel delivered, delivery by delivery
 * @param names what these channels are called
 * @param cause what went wrong
 */
public record Found(List<Integer> channels, List<String> names, Throwable cause) {

    /** What went wrong, and a line for each delivery. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(String.valueOf(cause.getMessage())).append("\ndelivered:");
        for (int i = 0; i < names.size(); i++) {
            text.append("\n%4d %s".formatted(i + 1, names.get(i)));
        }
        return text.toString();
    }
}
