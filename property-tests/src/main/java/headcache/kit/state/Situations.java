package headcache.kit.state;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every situation of every actor of a cast that was met so far, each once and with a number, so that a state of the
 * system is one number for each actor.
 *
 * <p>States are compared by their whole keys when they get their numbers, so none is lost to a hash. Sources: Holzmann,
 * <i>State compression in SPIN</i>, 1997 (a state as numbers of its components); Michie 1968 (memoised steps).
 */
final class Situations<S, M> {
    private static final int[] NOBODY = {};
    private static final int[][] NOTHING = {};

    final Cast<S, M> cast;
    private final Names own;
    private final Map<ByteBuffer, Integer> messageNumbers = new HashMap<>();
    private final List<M> messages = new ArrayList<>();
    private final List<Map<ByteBuffer, Integer>> stateNumbers = new ArrayList<>();
    private final List<Map<IntBuffer, Situation<S, M>>> known = new ArrayList<>();
    private final Mirror<S, M> mirror;

    /** By actor, by number; an array is only ever replaced by a longer one. */
    private volatile Situation<S, M>[][] all;

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays.
    Situations(Cast<S, M> cast, List<Names> symmetries) {
        this.cast = cast;
        this.own = Names.own(cast.actors());
        this.all = new Situation[cast.actors()][16];
        this.mirror = new Mirror<>(cast, symmetries);
        for (int actor = 0; actor < cast.actors(); actor++) {
            stateNumbers.add(new HashMap<>());
            known.add(new HashMap<>());
        }
    }

    /** The first state of the system, as numbers of situations. */
    synchronized int[] first() {
        final int[] state = new int[cast.actors()];
        for (int actor = 0; actor < state.length; actor++) {
            state[actor] = situation(actor, cast.first(actor), NOBODY, NOTHING).number;
        }
        cast.begin((from, to, message) -> state[to] = with(of(to, state[to]), from, number(message)).number);
        return state;
    }

    /** The situation of {@code actor} with that number. */
    Situation<S, M> of(int actor, int number) {
        return all[actor][number];
    }

    /** Changes {@code state} by delivering the oldest letter of the sender at {@code place} in {@code actor}'s list. */
    void deliver(int[] state, int actor, int place) {
        final Situation<S, M> before = of(actor, state[actor]);
        Situation.Effect<S, M> effect = before.effect(place);
        if (effect == null) {
            effect = run(before, place);
        }
        state[actor] = effect.next().number;
        for (int i = 0; i < effect.to().length; i++) {
            final int to = effect.to()[i];
            final int letter = effect.letters()[i];
            final Situation<S, M> receiver = of(to, state[to]);
            final Situation<S, M> later = receiver.with(actor, letter);
            state[to] = (later == null ? with(receiver, actor, letter) : later).number;
        }
    }

    private synchronized Situation.Effect<S, M> run(Situation<S, M> before, int place) {
        final List<Integer> to = new ArrayList<>();
        final List<Integer> sent = new ArrayList<>();
        final M message = messages.get(before.letters[place][0]);
        final S after = cast.after(before.actor, before.state, message, (from, receiver, letter) -> {
            to.add(receiver);
            sent.add(number(letter));
        });
        final Situation.Effect<S, M> effect =
                new Situation.Effect<>(without(before, place, after), array(to), array(sent));
        before.remember(place, effect);
        return effect;
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** {@code before}, with another state and without the oldest letter of the sender at {@code place}. */
    private Situation<S, M> without(Situation<S, M> before, int place, S after) {
        final int[] left = before.letters[place];
        if (left.length > 1) {
            final int[][] letters = before.letters.clone();
            letters[place] = Arrays.copyOfRange(left, 1, left.length);
            return situation(before.actor, after, before.senders, letters);
        }
        final int count = before.senders.length - 1;
        final int[] senders = Arrays.copyOf(before.senders, count);
        final int[][] letters = Arrays.copyOf(before.letters, count);
        System.arraycopy(before.senders, place + 1, senders, place, count - place);
        System.arraycopy(before.letters, place + 1, letters, place, count - place);
        return situation(before.actor, after, senders, letters);
    }

    private synchronized Situation<S, M> with(Situation<S, M> before, int from, int letter) {
        final int found = Arrays.binarySearch(before.senders, from);
        final int place = found < 0 ? -found - 1 : found;
        int[] senders = before.senders;
        final int[][] letters;
        if (found < 0) {
            final int count = senders.length;
            senders = Arrays.copyOf(senders, count + 1);
            letters = Arrays.copyOf(before.letters, count + 1);
            System.arraycopy(before.senders, place, senders, place + 1, count - place);
            System.arraycopy(before.letters, place, letters, place + 1, count - place);
            senders[place] = from;
            letters[place] = new int[] {letter};
        } else {
            letters = before.letters.clone();
            letters[place] = Arrays.copyOf(letters[place], letters[place].length + 1);
            letters[place][letters[place].length - 1] = letter;
        }
        final Situation<S, M> after = situation(before.actor, before.state, senders, letters);
        before.remember(from, letter, after);
        return after;
    }

    private Situation<S, M> situation(int actor, S state, int[] senders, int[][] letters) {
        final Map<ByteBuffer, Integer> numbers = stateNumbers.get(actor);
        final int local = numbers.computeIfAbsent(ByteBuffer.wrap(cast.stateKey(state, own)), key -> numbers.size());
        final Map<IntBuffer, Situation<S, M>> met = known.get(actor);
        return met.computeIfAbsent(IntBuffer.wrap(content(local, senders, letters)), content -> {
            final Situation<S, M> fresh = new Situation<>(actor, met.size(), state, senders, letters);
            publish(fresh);
            return fresh;
        });
    }

    private void publish(Situation<S, M> fresh) {
        final Situation<S, M>[][] longer = all.clone();
        final int length = longer[fresh.actor].length;
        if (fresh.number == length) {
            longer[fresh.actor] = Arrays.copyOf(longer[fresh.actor], 2 * length);
        }
        longer[fresh.actor][fresh.number] = fresh;
        all = longer;
    }

    /** A situation as numbers: the state, then for each sender who, how many letters, and which. */
    static int[] content(int local, int[] senders, int[][] letters) {
        int length = 1;
        for (final int[] some : letters) {
            length += 2 + some.length;
        }
        final int[] content = new int[length];
        content[0] = local;
        int at = 1;
        for (int i = 0; i < senders.length; i++) {
            content[at++] = senders[i];
            content[at++] = letters[i].length;
            System.arraycopy(letters[i], 0, content, at, letters[i].length);
            at += letters[i].length;
        }
        return content;
    }

    private int number(M message) {
        return messageNumbers.computeIfAbsent(ByteBuffer.wrap(cast.messageKey(message, own)), key -> {
            messages.add(message);
            return messages.size() - 1;
        });
    }

    /** The letters on their way to {@code situation}, by sender, oldest first. */
    synchronized SortedMap<Integer, List<M>> inbox(Situation<S, M> situation) {
        final SortedMap<Integer, List<M>> inbox = new TreeMap<>();
        for (int i = 0; i < situation.senders.length; i++) {
            inbox.put(
                    situation.senders[i],
                    Arrays.stream(situation.letters[i]).mapToObj(messages::get).toList());
        }
        return inbox;
    }

    /** What is the same for all states that differ in names of interchangeable actors only. */
    int[] canonical(int[] state) {
        int[] least = mirror.image(0, this, state);
        for (int symmetry = 1; symmetry < mirror.count(); symmetry++) {
            final int[] other = mirror.image(symmetry, this, state);
            if (Arrays.compare(other, least) < 0) {
                least = other;
            }
        }
        return least;
    }

    /** Which numbers {@code situation} has under each symmetry. */
    synchronized int[] images(Situation<S, M> situation) {
        final int[] images = mirror.numbers(situation, inbox(situation));
        situation.rememberImages(images);
        return images;
    }

    /** The key of a state of the system in which nothing is on its way. */
    byte[] key(int[] state) {
        byte[] key = {};
        for (int actor = 0; actor < state.length; actor++) {
            final byte[] part = cast.stateKey(of(actor, state[actor]).state, own);
            final int length = key.length;
            key = Arrays.copyOf(key, length + part.length);
            System.arraycopy(part, 0, key, length, part.length);
        }
        return key;
    }
}
