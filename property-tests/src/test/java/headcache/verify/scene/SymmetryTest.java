package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.state.Law;
import headcache.kit.state.Names;
import headcache.kit.state.StateSearch;
import headcache.protocol.Message;
import headcache.step.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CPUs that can change places are found, and states that differ by that only are taken for one. */
final class SymmetryTest {

    /** Scenario, exchanges but the one that changes nothing, states, states that differ in more than names. */
    @ParameterizedTest
    @CsvSource({
        "one-head-short,           1, 89,   46",
        "lend-to-each-other,       0, 216,  216",
        "ring-of-three,            2, 1557, 521",
        "two-each-way,             1, 6140, 3072",
        "offline-during-refill,    0, 526,  526",
        "hand-over-in-a-ring,      0, 1358, 1358"
    })
    void asManyAreTakenForOneAsLookAlikeUnderOtherNames(String name, int exchanges, long states, long different) {
        final MachineCast cast = new MachineCast(Scenes.named(name).orElseThrow());
        final Looks looks = new Looks(cast);

        assertThat(cast.symmetries()).hasSize(exchanges);
        assertThat(StateSearch.of(cast).withLaw(looks).run().states()).isEqualTo(states);
        assertThat(looks.different.size()).isEqualTo((int) different);
        assertThat(StateSearch.of(cast).withSymmetry().run().states()).isEqualTo(different);
    }

    /** Three CPUs that are told the same: of six states that differ in names, one is enough. */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void sixTimesFewerStates(int threads) {
        final MachineCast cast =
                new MachineCast(Scenes.named("memory-for-two-of-three").orElseThrow());

        final StateSearch.Reached reached =
                StateSearch.of(cast).withSymmetry().withThreads(threads).run();

        assertThat(cast.symmetries()).hasSize(5);
        assertThat(reached.states()).isEqualTo(74_950);
        assertThat(reached.finals()).hasSize(6);
    }

    /** Collects, by the long way, what each state looks like under the names that make it least. */
    private static final class Looks implements Law<Step<?>, Message, List<String>> {
        private final MachineCast cast;
        private final List<Names> names = new ArrayList<>();
        private final Set<String> different = new HashSet<>();

        Looks(MachineCast cast) {
            this.cast = cast;
            names.add(Names.own(cast.actors()));
            names.addAll(cast.symmetries());
        }

        @Override
        public List<String> part(int actor, Step<?> state, SortedMap<Integer, List<Message>> inbox) {
            return names.stream()
                    .map(called -> Arrays.toString(cast.stateKey(state, called)) + letters(inbox, called))
                    .toList();
        }

        private SortedMap<Integer, List<String>> letters(SortedMap<Integer, List<Message>> inbox, Names called) {
            final SortedMap<Integer, List<String>> letters = new TreeMap<>();
            inbox.forEach((sender, messages) -> letters.put(
                    called.of(sender),
                    messages.stream()
                            .map(message -> Arrays.toString(cast.messageKey(message, called)))
                            .toList()));
            return letters;
        }

        @Override
        public @Nullable String broken(List<List<String>> parts) {
            final List<String> looks = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                final String[] renamed = new String[parts.size()];
                for (int actor = 0; actor < renamed.length; actor++) {
                    renamed[names.get(i).of(actor)] = parts.get(actor).get(i);
                }
                looks.add(String.join(";", renamed));
            }
            different.add(looks.stream().sorted().findFirst().orElseThrow());
            return null;
        }
    }
}
