package headcache.demos.incident;

import java.util.List;

/**
 * What came of playing an incident.
 *
 * @param run what was run
 * @param property what must hold
 * @param sides what went wrong first, then what mends it
 * @param picture a drawing, line by line
 */
public record Played(String run, String property, List<Side> sides, List<String> picture) {

    /** Keeps the lists as they are now. */
    public Played {
        sides = List.copyOf(sides);
        picture = List.copyOf(picture);
    }

    /** Whether it came out as it is told: the property is broken at first, and holds ever after. */
    public boolean isAsTold() {
        return !sides.get(0).holds() && sides.stream().skip(1).allMatch(Side::holds);
    }
}
