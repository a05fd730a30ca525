package headcache.kit.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Every state that can be reached, each once, in order of the deliveries it takes; so what is found is found by a
 * shortest way. States are told apart by all that they are, so none is lost to a hash.
 *
 * <p>It knows nothing of partial orders, and so is a check of those who do: the final states must be the same.
 */
public final class StateSearch<S, M> {
    /** Fewer states than this are not worth a second thread. */
    private static final int WORTH_SHARING = 512;

    private static final int CHUNK = 128;

    private final Cast<S, M> cast;
    private final long limit;
    private final int threads;
    private final @Nullable Law<S, M, ?> law;
    private final boolean symmetric;

    /**
     * What there is.
     *
     * @param states states, the first included; with symmetry, of each that differ in names only, one
     * @param deliveries ways from one to the next
     * @param finals keys of the states in which nothing is left to deliver
     * @param complete whether nothing was left out
     * @param broken a state that breaks the law, or null
     */
    public record Reached(
            long states,
            long deliveries,
            Set<ByteBuffer> finals,
            boolean complete,
            @Nullable Broken broken) {}

    /**
     * A state that breaks a law, and a shortest way to it.
     *
     * @param why what is wrong
     * @param way the deliveries, as {@code sender * actors + receiver}
     */
    public record Broken(String why, List<Integer> way) {}

    private StateSearch(Cast<S, M> cast, long limit, int threads, @Nullable Law<S, M, ?> law, boolean symmetric) {
        this.cast = cast;
        this.limit = limit;
        this.threads = threads;
        this.law = law;
        this.symmetric = symmetric;
    }

    /** A search of all that {@code cast} can become, on one thread. */
    public static <S, M> StateSearch<S, M> of(Cast<S, M> cast) {
        return new StateSearch<>(cast, Long.MAX_VALUE, 1, null, false);
    }

    /** This search, ended when there are more than {@code most} states. */
    public StateSearch<S, M> withLimit(long most) {
        return new StateSearch<>(cast, most, threads, law, symmetric);
    }

    /** This search on {@code count} threads. */
    public StateSearch<S, M> withThreads(int count) {
        return new StateSearch<>(cast, limit, count, law, symmetric);
    }

    /** This search, ended by a state that breaks {@code checked}. */
    public StateSearch<S, M> withLaw(Law<S, M, ?> checked) {
        return new StateSearch<>(cast, limit, threads, checked, symmetric);
    }

    /** This search, taking for one all states that differ by a symmetry of the cast only. */
    public StateSearch<S, M> withSymmetry() {
        return new StateSearch<>(cast, limit, threads, law, true);
    }

    /** Searches until all is seen, the law is broken, or the limit is passed. */
    public Reached run() {
        final ExecutorService helpers = threads > 1 ? Executors.newFixedThreadPool(threads - 1) : null;
        try {
            return new Run(helpers).search();
        } finally {
            if (helpers != null) {
                helpers.shutdownNow();
            }
        }
    }

    private final class Run {
        private final Situations<S, M> situations = new Situations<>(cast, symmetric ? cast.symmetries() : List.of());
        private final StateSet seen = new StateSet(cast.actors(), !symmetric);
        private final List<int[]> finals = Collections.synchronizedList(new ArrayList<>());
        private final @Nullable ExecutorService helpers;
        private volatile @Nullable Broken broken;
        private long deliveries;

        Run(@Nullable ExecutorService helpers) {
            this.helpers = helpers;
        }

        Reached search() {
            final Level first = new Level();
            final int[] state = situations.first();
            first.add(seen.add(key(state), state, StateSet.NONE, StateSet.NONE));
            check(state, first.states[0]);
            List<Level> level = List.of(first);
            while (count(level) > 0 && broken == null && seen.size() <= limit) {
                level = next(level);
            }
            final Set<ByteBuffer> keys = new HashSet<>();
            finals.forEach(last -> keys.add(ByteBuffer.wrap(situations.key(last))));
            return new Reached(seen.size(), deliveries, Set.copyOf(keys), count(level) == 0 && broken == null, broken);
        }

        private static int count(List<Level> parts) {
            return parts.stream().mapToInt(part -> part.count).sum();
        }

        /** What follows {@code level}: of each thread, the states that it was the first to come to. */
        private List<Level> next(List<Level> level) {
            final List<Future<Level>> others = new ArrayList<>();
            if (helpers != null && count(level) >= WORTH_SHARING) {
                for (int i = 1; i < threads; i++) {
                    final int thread = i;
                    others.add(helpers.submit(() -> new Expansion(level, thread).run()));
                }
            }
            final List<Level> next = new ArrayList<>();
            next.add(new Expansion(level, 0).run());
            others.forEach(other -> next.add(result(other)));
            next.forEach(part -> deliveries += part.deliveries);
            return next;
        }

        private Level result(Future<Level> of) {
            try {
                return of.get();
            } catch (final InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", stop);
            } catch (final ExecutionException wrong) {
                throw new IllegalStateException("a step failed: " + wrong.getCause(), wrong);
            }
        }

        private int[] key(int[] state) {
            return symmetric ? situations.canonical(state) : state;
        }

        private void check(int[] state, int number) {
            if (law != null) {
                final String why = why(law, state);
                if (why != null) {
                    broken = new Broken(why, way(number));
                }
            }
        }

        private <P> @Nullable String why(Law<S, M, P> checked, int[] state) {
            final List<P> parts = new ArrayList<>(state.length);
            for (int actor = 0; actor < state.length; actor++) {
                parts.add(part(checked, situations.of(actor, state[actor])));
            }
            return checked.broken(parts);
        }

        @SuppressWarnings("unchecked") // The only law of this search has made it.
        private <P> P part(Law<S, M, P> checked, Situation<S, M> situation) {
            final Object known = situation.part();
            if (known != null) {
                return (P) known;
            }
            final P made = checked.part(situation.actor, situation.state, situations.inbox(situation));
            situation.rememberPart(made);
            return made;
        }

        private List<Integer> way(int number) {
            final List<Integer> way = new ArrayList<>();
            for (int at = number; seen.before(at) != StateSet.NONE; at = seen.before(at)) {
                way.add(0, seen.channel(at));
            }
            return List.copyOf(way);
        }

        /** What one thread does of a level: its own part, because that is in its processor's cache, and then of the others'. */
        private final class Expansion {
            private final List<Level> level;
            private final int thread;
            private final Level next = new Level();
            private final int[] state = new int[cast.actors()];
            private final int[] after = new int[cast.actors()];

            Expansion(List<Level> level, int thread) {
                this.level = level;
                this.thread = thread;
            }

            Level run() {
                for (int i = 0; i < level.size(); i++) {
                    expandAll(level.get((thread + i) % level.size()));
                }
                return next;
            }

            private void expandAll(Level part) {
                for (int from = part.taken.getAndAdd(CHUNK);
                        from < part.count && broken == null;
                        from = part.taken.getAndAdd(CHUNK)) {
                    for (int i = from; i < Math.min(from + CHUNK, part.count); i++) {
                        expand(part.states[i]);
                    }
                }
            }

            private void expand(int number) {
                seen.read(number, state);
                boolean isFinal = true;
                for (int actor = 0; actor < state.length; actor++) {
                    final int[] senders = situations.of(actor, state[actor]).senders;
                    for (int place = 0; place < senders.length; place++) {
                        isFinal = false;
                        System.arraycopy(state, 0, after, 0, state.length);
                        situations.deliver(after, actor, place);
                        next.deliveries++;
                        final int channel = senders[place] * state.length + actor;
                        final int fresh = seen.add(key(after), after, number, channel);
                        if (fresh != StateSet.NONE) {
                            next.add(fresh);
                            check(after, fresh);
                        }
                    }
                }
                if (isFinal) {
                    finals.add(state.clone());
                }
            }
        }
    }

    /** States that take the same number of deliveries, or those of them that one thread has found. */
    private static final class Level {
        /** How many of them were taken to be expanded. */
        final AtomicInteger taken = new AtomicInteger();

        int[] states = new int[16];
        int count;
        long deliveries;

        void add(int number) {
            if (count == states.length) {
                states = Arrays.copyOf(states, 2 * count);
            }
            states[count++] = number;
        }
    }
}
