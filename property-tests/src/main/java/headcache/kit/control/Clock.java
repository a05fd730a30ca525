package headcache.kit.control;

import java.util.Arrays;

/**
 * A vector clock: for each actor, how many of its sends are known of.
 *
 * <p>Source: Fidge 1988, Mattern 1989.
 */
final class Clock {
    private int[] sends = new int[8];

    /** Learns what {@code other} knows. */
    void merge(Clock other) {
        if (other.sends.length > sends.length) {
            sends = Arrays.copyOf(sends, other.sends.length);
        }
        for (int i = 0; i < other.sends.length; i++) {
            sends[i] = Math.max(sends[i], other.sends[i]);
        }
    }

    /** One more send of {@code actor}. */
    void tick(int actor) {
        if (actor >= sends.length) {
            sends = Arrays.copyOf(sends, Math.max(2 * sends.length, actor + 1));
        }
        sends[actor]++;
    }

    int of(int actor) {
        return actor < sends.length ? sends[actor] : 0;
    }

    /** Whether the send of {@code actor} that {@code earlier} was taken at is known here. */
    boolean knows(Clock earlier, int actor) {
        return of(actor) >= earlier.of(actor);
    }

    Clock copy() {
        final Clock copy = new Clock();
        copy.sends = sends.clone();
        return copy;
    }

    void clear() {
        Arrays.fill(sends, 0);
    }
}
