package headcache.kit.run;

import java.util.List;

/**
 * A delivery that was asked for and was not possible.
 *
 * @param place its place in what was asked, from 0
 * @param name what was asked
 * @param possible what was possible instead, by name, in alphabetical order
 */
public record Misfit(int place, String name, List<String> possible) {

    /** One line for people. */
    @Override
    public String toString() {
        return "delivery " + (place + 1) + ", " + name + ", is not possible; possible: "
                + (possible.isEmpty() ? "nothing" : String.join(", ", possible));
    }
}
