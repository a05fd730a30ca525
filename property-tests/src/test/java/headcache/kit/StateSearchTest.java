package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.state.State;
import headcache.kit.state.StateSearch;
import headcache.kit.state.TraceCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States and traces of systems whose numbers are known by combinatorics. */
final class StateSearchTest {

    /** {@code k} actors with a sender of {@code m} messages each: (m + 1)^k states, one trace. */
    @ParameterizedTest
    @CsvSource({"2,4,25", "3,3,64", "3,4,125", "4,4,625"})
    void independentActors(int actors, int messages, long states) {
        final Counters first = Counters.of(actors, messages, false);

        assertThat(StateSearch.from(first, Long.MAX_VALUE).states()).isEqualTo(states);
        assertThat(StateSearch.from(first, Long.MAX_VALUE).finals()).hasSize(1);
        assertThat(TraceCount.from(first)).isEqualTo(1);
    }

    /** {@code n} senders of {@code m} messages each to one receiver that counts: as many states, (nm)!/(m!)^n traces. */
    @ParameterizedTest
    @CsvSource({"2,4,25,70", "3,3,64,1680", "3,4,125,34650", "4,4,625,63063000"})
    void oneReceiver(int senders, int messages, long states, long traces) {
        final Counters first = Counters.of(senders, messages, true);

        assertThat(StateSearch.from(first, Long.MAX_VALUE).states()).isEqualTo(states);
        assertThat(TraceCount.from(first)).isEqualTo(traces);
    }

    @ParameterizedTest
    @CsvSource({"24,false", "25,true"})
    void aLimitIsReportedAsSuch(long limit, boolean complete) {
        assertThat(StateSearch.from(Counters.of(2, 4, false), limit).complete()).isEqualTo(complete);
    }

    /** A law about all channels together, broken only where the last is as full as the first is empty. */
    @Test
    void aLawIsAskedAtEveryState() {
        final Counters first = Counters.of(3, 2, false);
        final List<String> seen = new ArrayList<>();

        final StateSearch.Reached all = StateSearch.from(first, Long.MAX_VALUE, state -> {
            seen.add(Arrays.toString(state.left()));
            return null;
        });
        final StateSearch.Reached broken = StateSearch.from(
                first,
                Long.MAX_VALUE,
                state -> state.left()[0] == 0 && state.left()[2] == 2 ? Arrays.toString(state.left()) : null);

        assertThat(seen).hasSize(27).doesNotHaveDuplicates();
        assertThat(all.complete()).isTrue();
        assertThat(all.broken()).isNull();
        assertThat(broken.complete()).isFalse();
        assertThat(broken.broken()).startsWith("[0, ").endsWith(", 2]");
    }

    /** For each channel, how many messages are left; all lead to one receiver, or each to its own. */
    private record Counters(byte[] left, boolean oneReceiver) implements State {
        static Counters of(int channels, int messages, boolean oneReceiver) {
            final byte[] left = new byte[channels];
            Arrays.fill(left, (byte) messages);
            return new Counters(left, oneReceiver);
        }

        @Override
        public BitSet enabled() {
            final BitSet enabled = new BitSet();
            for (int channel = 0; channel < left.length; channel++) {
                enabled.set(channel, left[channel] > 0);
            }
            return enabled;
        }

        @Override
        public int receiver(int channel) {
            return oneReceiver ? 0 : channel;
        }

        @Override
        public State after(int channel) {
            final byte[] next = left.clone();
            next[channel]--;
            return new Counters(next, oneReceiver);
        }

        @Override
        public byte[] key() {
            return left;
        }
    }
}
