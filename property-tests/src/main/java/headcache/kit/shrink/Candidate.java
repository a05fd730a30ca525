package headcache.kit.shrink;

import headcache.kit.run.Trail;
import java.util.ArrayList;
import java.util.List;

/**
 * A run to be tried in place of another one, which has one thing more.
 *
 * <p>Parts are taken out of the case, and deliveries out of the run. A context switch is taken out by delivering two
 * blocks of one receiver one after the other: what it gets later is delivered before the switch, or what it got before
 * the switch is delivered later; if it gets nothing later, all that waits for it is delivered before the switch.
 *
 * @param subject what is run
 * @param names the deliveries that are asked for; what is not possible is left out
 * @param stayAt the place before which all is delivered that waits for the former receiver, or {@link #NOWHERE}
 * @param <C> the kind of case
 */
record Candidate<C extends Case<C>>(C subject, List<String> names, int stayAt) {
    static final int NOWHERE = -1;

    /** All runs with one thing less than {@code trial}, those with a smaller case first. */
    static <C extends Case<C>> List<Candidate<C>> of(Trial<C> trial) {
        final List<String> names = trial.trail().names();
        final List<Candidate<C>> all = new ArrayList<>();
        trial.subject().smaller().forEach(fewer -> all.add(new Candidate<>(fewer, names, NOWHERE)));
        for (final int at : trial.trail().switches()) {
            merges(trial.subject(), names, at, all);
        }
        for (int i = 0; i < names.size(); i++) {
            all.add(new Candidate<>(trial.subject(), joined(names.subList(0, i), rest(names, i + 1)), NOWHERE));
        }
        return all;
    }

    private static <C extends Case<C>> void merges(C subject, List<String> names, int at, List<Candidate<C>> all) {
        final String receiver = Trail.receiver(names.get(at - 1));
        int first = at;
        while (first > 0 && Trail.receiver(names.get(first - 1)).equals(receiver)) {
            first--;
        }
        int next = at;
        while (next < names.size() && !Trail.receiver(names.get(next)).equals(receiver)) {
            next++;
        }
        int end = next;
        while (end < names.size() && Trail.receiver(names.get(end)).equals(receiver)) {
            end++;
        }
        final List<String> before = names.subList(0, first);
        final List<String> block = names.subList(first, at);
        final List<String> between = names.subList(at, next);
        if (next < names.size()) {
            final List<String> later = names.subList(next, end);
            all.add(new Candidate<>(subject, joined(before, block, later, between, rest(names, end)), NOWHERE));
        } else {
            all.add(new Candidate<>(subject, names, at));
        }
        all.add(new Candidate<>(subject, joined(before, between, block, rest(names, next)), NOWHERE));
    }

    private static List<String> rest(List<String> names, int from) {
        return names.subList(from, names.size());
    }

    @SafeVarargs
    private static List<String> joined(List<String>... parts) {
        final List<String> all = new ArrayList<>();
        for (final List<String> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
