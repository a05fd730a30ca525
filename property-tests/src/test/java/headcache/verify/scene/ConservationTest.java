package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.state.Cast;
import headcache.kit.state.Names;
import headcache.kit.state.StateSearch;
import headcache.protocol.Message;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.step.HeadSums;
import headcache.step.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No head is lost and none is in two places, at every state of every scene; and the law notices if one is. */
final class ConservationTest {

    static Stream<String> scenes() {
        // Of the audited scenes those with few states.
        return Stream.concat(Scenes.ALL.stream(), AuditScenes.ALL.stream().limit(4))
                .map(Scene::name);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void holdsAtEveryState(String name) {
        final MachineCast cast = new MachineCast(Scenes.named(name).orElseThrow());

        final StateSearch.Reached reached =
                StateSearch.of(cast).withLaw(new Conservation()).run();

        assertThat(reached.broken()).isNull();
        assertThat(reached.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, I1 conservation", "2, I2 one place"})
    void seesASpillThatIsLostOrComesTwice(int times, String law) {
        final MachineCast cast = new MachineCast(Scenes.named("two-each-way").orElseThrow());

        final StateSearch.Broken broken = StateSearch.of(new Lossy(cast, times))
                .withLaw(new Conservation())
                .run()
                .broken();

        assertThat(broken)
                .isNotNull()
                .extracting(StateSearch.Broken::why)
                .asString()
                .startsWith(law);
    }

    @Test
    void saysWhatIsWrong() {
        final Conservation law = new Conservation();
        final Conservation.Part slab = new Conservation.Part(new int[0], sums(1, 2, 3), sums(3));

        assertThat(law.broken(List.of(slab, part(1), part(2)))).isNull();
        assertThat(law.broken(List.of(slab, part(1, 2), part(2))))
                .isEqualTo("I2 one place: head=n0/2 is in two places");
        assertThat(law.broken(List.of(slab, part(1)))).isEqualTo("I1 conservation: all=3 of node-0; found=2 of node-0");
        assertThat(law.broken(List.of(slab, part(1), part(4))))
                .isEqualTo("I1 conservation: all=3 of node-0; found=3 of node-0, but not the same ones");
    }

    private static Conservation.Part part(int... heads) {
        return new Conservation.Part(heads, sums(), sums(heads));
    }

    private static HeadSums sums(int... heads) {
        final HeadSums sums = new HeadSums();
        sums.add(heads);
        return sums;
    }

    /** A cast whose spills arrive as often as it is told; one that never arrives is acknowledged all the same. */
    private record Lossy(MachineCast cast, int times) implements Cast<Step<?>, Message> {
        @Override
        public int actors() {
            return cast.actors();
        }

        @Override
        public Step<?> first(int actor) {
            return cast.first(actor);
        }

        @Override
        public void begin(Post<Message> post) {
            cast.begin(post);
        }

        @Override
        public Step<?> after(int actor, Step<?> before, Message message, Post<Message> post) {
            return cast.after(actor, before, message, (from, to, sent) -> {
                final boolean spill = sent instanceof SlabMessage.BulkFree;
                for (int time = 0; time < (spill ? times : 1); time++) {
                    post.send(from, to, sent);
                }
                if (spill && times == 0) {
                    post.send(to, from, SlabReply.Freed.FREED);
                }
            });
        }

        @Override
        public byte[] stateKey(Step<?> state, Names names) {
            return cast.stateKey(state, names);
        }

        @Override
        public byte[] messageKey(Message message, Names names) {
            return cast.messageKey(message, names);
        }
    }
}
