package headcache.kit.state;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shows states as they are when interchangeable actors change places. Source: Ip and Dill, <i>Better verification
 * through symmetry</i>, 1996.
 */
final class Mirror<S, M> {
    private final Cast<S, M> cast;

    /** Everyone's own names first. */
    private final List<Names> symmetries = new ArrayList<>();

    private final Map<ByteBuffer, Integer> messages = new HashMap<>();
    private final Map<ByteBuffer, Integer> states = new HashMap<>();
    private final Map<IntBuffer, Integer> situations = new HashMap<>();

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
    int[] numbers(Situation<S, M> situation, SortedMap<Integer, List<M>> inbox) {
        return symmetries.stream()
                .mapToInt(names -> number(situation.state, inbox, names))
                .toArray();
    }

    private int number(S state, SortedMap<Integer, List<M>> inbox, Names names) {
        final SortedMap<Integer, int[]> renamed = new TreeMap<>();
        inbox.forEach((sender, letters) -> renamed.put(
                names.of(sender),
                letters.stream().mapToInt(letter -> number(letter, names)).toArray()));
        final int local = states.computeIfAbsent(ByteBuffer.wrap(cast.stateKey(state, names)), key -> states.size());
        final int[] senders =
                renamed.keySet().stream().mapToInt(Integer::intValue).toArray();
        final int[][] letters = renamed.values().toArray(int[][]::new);
        return situations.computeIfAbsent(
                IntBuffer.wrap(Situations.content(local, senders, letters)), content -> situations.size());
    }

    private int number(M message, Names names) {
        return messages.computeIfAbsent(ByteBuffer.wrap(cast.messageKey(message, names)), key -> messages.size());
    }
}
