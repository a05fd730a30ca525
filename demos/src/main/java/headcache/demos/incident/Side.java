package headcache.demos.incident;

import java.util.List;

/**
 * One policy in an incident.
 *
 * @param policy its name
 * @param holds whether the property holds under it
 * @param figures what was counted, in an order that all sides of an incident share
 */
public record Side(String policy, boolean holds, List<Figure> figures) {

    /** Keeps the list as it is now. */
    public Side {
        figures = List.copyOf(figures);
    }

    /**
     * Something that was counted.
     *
     * @param what what
     * @param value how many, or how much
     */
    public record Figure(String what, String value) {
        static Figure of(String what, long value) {
            return new Figure(what, String.valueOf(value));
        }
    }
}
