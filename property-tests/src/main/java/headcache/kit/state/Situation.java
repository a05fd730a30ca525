package headcache.kit.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An actor's state together with what is on its way to it. There is one object for each that was ever met, which
 * remembers what became of it; so a step is run once, however many states of the system it occurs in.
 *
 * <p>Threads may share it: what it remembers is immutable, and to forget it only means to look it up once more.
 */
final class Situation<S, M> {
    final int actor;
    final int number;
    final S state;

    /** Who has letters here, ascending. */
    final int[] senders;

    /** For each sender the numbers of its letters, oldest first. */
    final int[][] letters;

    /** By place in {@link #senders}. */
    private final @Nullable Effect<S, M>[] effects;

    private Arrivals<S, M> arrivals = new Arrivals<>(new int[0], new int[0], List.of());
    private volatile @Nullable Object part;
    private volatile int @Nullable [] images;

    /**
     * What a delivery does.
     *
     * @param next the receiver's situation after it, without what it sent to itself
     * @param to whom the receiver sent to, in order
     * @param letters what
     */
    record Effect<S, M>(Situation<S, M> next, int[] to, int[] letters) {}

    /** What became of a situation when a letter was sent to it. */
    private record Arrivals<S, M>(int[] from, int[] letters, List<Situation<S, M>> next) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays.
    Situation(int actor, int number, S state, int[] senders, int[][] letters) {
        this.actor = actor;
        this.number = number;
        this.state = state;
        this.senders = senders;
        this.letters = letters;
        this.effects = new Effect[senders.length];
    }

    /** What the oldest letter of the sender at {@code place} does, if it was asked before. */
    @Nullable
    Effect<S, M> effect(int place) {
        return effects[place];
    }

    void remember(int place, Effect<S, M> effect) {
        effects[place] = effect;
    }

    /** What becomes of this when {@code from} sends {@code letter}, if it was asked before. */
    @Nullable
    Situation<S, M> with(int from, int letter) {
        final Arrivals<S, M> known = arrivals;
        for (int i = 0; i < known.from.length; i++) {
            if (known.from[i] == from && known.letters[i] == letter) {
                return known.next.get(i);
            }
        }
        return null;
    }

    void remember(int from, int letter, Situation<S, M> next) {
        final int count = arrivals.from.length;
        final int[] froms = Arrays.copyOf(arrivals.from, count + 1);
        final int[] sent = Arrays.copyOf(arrivals.letters, count + 1);
        final List<Situation<S, M>> nexts = new ArrayList<>(arrivals.next);
        froms[count] = from;
        sent[count] = letter;
        nexts.add(next);
        arrivals = new Arrivals<>(froms, sent, List.copyOf(nexts));
    }

    /** What a law has made of this, if it was asked before. */
    @Nullable
    Object part() {
        return part;
    }

    void rememberPart(Object made) {
        part = made;
    }

    /** The numbers of what this looks like under each symmetry, if it was asked before. */
    int @Nullable [] images() {
        return images;
    }

    void rememberImages(int[] numbers) {
        images = numbers;
    }
}
