package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.kit.state.Cast;
import headcache.kit.state.Law;
import headcache.kit.state.Names;
import headcache.kit.state.StateSearch;
import headcache.kit.state.TraceCount;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States and traces of systems whose numbers are known by combinatorics. */
final class StateSearchTest {

    /** {@code k} actors with a sender of {@code m} messages each: (m + 1)^k states, one trace. */
    @ParameterizedTest
    @CsvSource({"2,4,25", "3,3,64", "3,4,125", "4,4,625"})
    void independentActors(int actors, int messages, long states) {
        final Counters cast = new Counters(actors, messages, false);

        assertThat(StateSearch.of(cast).run().states()).isEqualTo(states);
        assertThat(StateSearch.of(cast).withThreads(2).run().states()).isEqualTo(states);
        assertThat(StateSearch.of(cast).run().finals()).hasSize(1);
        assertThat(TraceCount.of(cast)).isEqualTo(1);
    }

    /** {@code n} senders of {@code m} messages each to one receiver that counts: as many states, (nm)!/(m!)^n traces. */
    @ParameterizedTest
    @CsvSource({"2,4,25,70", "3,3,64,1680", "3,4,125,34650", "4,4,625,63063000"})
    void oneReceiver(int senders, int messages, long states, long traces) {
        final Counters cast = new Counters(senders, messages, true);

        assertThat(StateSearch.of(cast).run().states()).isEqualTo(states);
        assertThat(TraceCount.of(cast)).isEqualTo(traces);
    }

    @ParameterizedTest
    @CsvSource({"24,false", "25,true"})
    void aLimitIsReportedAsSuch(long limit, boolean complete) {
        assertThat(StateSearch.of(new Counters(2, 4, false))
                        .withLimit(limit)
                        .run()
                        .complete())
                .isEqualTo(complete);
    }

    /** Interchangeable senders: as many states as ways to have so many of each number of messages left. */
    @ParameterizedTest
    @CsvSource({"2,4,15", "3,3,20", "3,4,35", "4,4,70"})
    void symmetryTakesForOneWhatDiffersInNamesOnly(int senders, int messages, long states) {
        final Counters cast = new Counters(senders, messages, false);

        assertThat(StateSearch.of(cast).withSymmetry().run().states()).isEqualTo(states);
        assertThat(StateSearch.of(cast).withSymmetry().withThreads(2).run().states())
                .isEqualTo(states);
    }

    @Test
    void aLawIsBrokenByAShortestWay() {
        final StateSearch.Reached reached = StateSearch.of(new Counters(3, 3, false))
                .withLaw(new Law<Integer, String, Integer>() {
                    @Override
                    public Integer part(int actor, Integer state, SortedMap<Integer, List<String>> inbox) {
                        return state + 10 * inbox.getOrDefault(actor, List.of()).size();
                    }

                    @Override
                    public @Nullable String broken(List<Integer> parts) {
                        return parts.get(0) == 12 && parts.get(2) == 21 ? "parts=" + parts : null;
                    }
                })
                .run();

        assertThat(reached.complete()).isFalse();
        assertThat(reached.broken()).isEqualTo(new StateSearch.Broken("parts=[12, 30, 21]", List.of(0, 0, 8)));
    }

    @Test
    void whatAStepThrowsIsToldOfOnSeveralThreadsToo() {
        final Counters careless = new Counters(4, 9, false) {
            @Override
            public Integer after(int actor, Integer before, String message, Post<String> post) {
                if (before == 8) {
                    throw new IllegalStateException("nine is too many");
                }
                return super.after(actor, before, message, post);
            }
        };

        assertThatThrownBy(() -> StateSearch.of(careless).withThreads(2).run())
                .hasMessageContaining("nine is too many");
    }

    /** Actors that count their messages, which are there at first, from themselves or all at the first of them. */
    private static class Counters implements Cast<Integer, String> {
        private final int senders;
        private final int messages;
        private final boolean oneReceiver;

        Counters(int senders, int messages, boolean oneReceiver) {
            this.senders = senders;
            this.messages = messages;
            this.oneReceiver = oneReceiver;
        }

        @Override
        public int actors() {
            return senders;
        }

        @Override
        public Integer first(int actor) {
            return 0;
        }

        @Override
        public void begin(Post<String> post) {
            for (int from = 0; from < senders; from++) {
                for (int i = 0; i < messages; i++) {
                    post.send(from, oneReceiver ? 0 : from, "one");
                }
            }
        }

        @Override
        public Integer after(int actor, Integer before, String message, Post<String> post) {
            return before + 1;
        }

        @Override
        public byte[] stateKey(Integer state, Names names) {
            return new byte[] {state.byteValue()};
        }

        @Override
        public byte[] messageKey(String message, Names names) {
            return message.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<Names> symmetries() {
            return permutations(IntStream.range(0, senders).boxed().toList()).stream()
                    .map(of -> new Names(of.stream().mapToInt(Integer::intValue).toArray()))
                    .filter(names ->
                            !Arrays.equals(names.of(), Names.own(senders).of()))
                    .toList();
        }

        private static List<List<Integer>> permutations(List<Integer> of) {
            if (of.isEmpty()) {
                return List.of(List.of());
            }
            return of.stream()
                    .flatMap(first -> permutations(of.stream()
                                    .filter(other -> !other.equals(first))
                                    .toList())
                            .stream()
                            .map(rest -> Stream.concat(Stream.of(first), rest.stream())
                                    .toList()))
                    .toList();
        }
    }
}
