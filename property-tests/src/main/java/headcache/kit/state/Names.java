package headcache.kit.state;

import java.util.stream.IntStream;

/**
 * What actors are called: a permutation of their numbers.
 *
 * @param of for each actor its other number; not to be changed
 */
public record Names(int[] of) {

    /** Everyone's own. */
    public static Names own(int actors) {
        return new Names(IntStream.range(0, actors).toArray());
    }

    /** What {@code actor} is called. */
    public int of(int actor) {
        return of[actor];
    }
}
