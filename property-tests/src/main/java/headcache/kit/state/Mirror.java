package headcache.kit.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Shows states as they are when interchangeable actors change places. Source: Ip and Dill, <i>Better verification
 * through symmetry</i>, 1996.
 */
final class Mirror<S, M> {
    private final Cast<S, M> cast;

    /** Everyone's own names first. */
    private final List<Names> symmetries = new ArrayList<>();

    private final Map<Key, Integer> messages = new HashMap<>();
    private final Map<Key, Integer> states = new HashMap<>();
    private final Map<Ints, Integer> situations = new HashMap<>();

    Mirror(Cast<S, M> cast, List<Names> others) {
        this.cast = cast;
        symmetries.add(Names.own(cast.actors()));
        symmetries.addAll(others);
    }

    int count() {
        return symmetries.size();
    }

    /** {@code state} under a symmetry, as numbers of what situations look like under it. */
    int[] image(int symmetry, Situations<S, M> of, int[] state) {
        final Names names = symmetries.get(symmetry);
        final int[] image = new int[state.length];
        for (int actor = 0; actor < state.length; actor++) {
            final Situation<S, M> situation = of.of(actor, state[actor]);
            int[] images = situation.images();
            if (images == null) {
                images = of.images(situation);
            }
            image[names.of(actor)] = images[symmetry];
        }
        return image;
    }

    /** The numbers of {@code situation} under each symmetry; equal looks have equal numbers. */
    int[] numbers(Situation<S, M> situation, List<M> inbox) {
        return symmetries.stream()
                .mapToInt(names -> number(situation, inbox, names))
                .toArray();
    }

    private int number(Situation<S, M> situation, List<M> inbox, Names names) {
        final int local = states.computeIfAbsent(new Key(cast.stateKey(situation.state, names)), key -> states.size());
        final int count = situation.senders.length;
        final int[][] letters = new int[count][];
        int at = 0;
        for (int i = 0; i < count; i++) {
            letters[i] = new int[situation.letters[i].length];
            for (int j = 0; j < letters[i].length; j++) {
                letters[i][j] = messages.computeIfAbsent(
                        new Key(cast.messageKey(inbox.get(at++), names)), key -> messages.size());
            }
        }
        final int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt(i -> names.of(situation.senders[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        final int[] senders =
                Arrays.stream(order).map(i -> names.of(situation.senders[i])).toArray();
        final int[][] sorted = Arrays.stream(order).mapToObj(i -> letters[i]).toArray(int[][]::new);
        return situations.computeIfAbsent(
                new Ints(Situations.content(local, senders, sorted)), content -> situations.size());
    }
}
