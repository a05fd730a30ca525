package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.ActorName;
import headcache.protocol.Op;
import headcache.protocol.SlabReply;
import headcache.protocol.WayIn;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer of the slab that nobody waits for is an error, not a gift. */
class StrayAnswerTest {
    private final StepBench bench = StepBench.oneCpu();

    static Stream<Arguments> strayAnswers() {
        return Stream.of(CPU, TASK)
                .flatMap(who -> Stream.of(
                        Arguments.of(who, new SlabReply.BulkAllocated(new int[0]), "answer that nobody waits for: at="),
                        Arguments.of(who, new SlabReply.Allocated(3), "answer that nobody waits for: at="),
                        Arguments.of(who, SlabReply.Freed.FREED, "acknowledgement that nobody waits for: at=")));
    }

    @ParameterizedTest
    @MethodSource("strayAnswers")
    void shouldRefuseWhatWasNotAskedFor(ActorName who, SlabReply answer, String message) {
        assertThatThrownBy(() -> bench.send(who, answer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(message + who);
    }

    @Test
    void shouldRefuseASecondAnswer() {
        bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0));

        assertThatThrownBy(() -> bench.send(CPU, new SlabReply.BulkAllocated(new int[] {1})))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseAnAnswerOfAnotherKind() {
        for (final List<Object> row : List.of(
                List.<Object>of(WayIn.NAPI_BUILD_SKB, new SlabReply.Allocated(3)),
                List.<Object>of(WayIn.BUILD_SKB, new SlabReply.BulkAllocated(new int[] {3})))) {
            final StepBench fresh = StepBench.oneCpu();
            fresh.start(CPU, Op.allocate((WayIn) row.get(0), 0));

            assertThatThrownBy(() -> fresh.send(CPU, (SlabReply) row.get(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("answer to take: at=cpu-0");
        }
    }

    @Test
    void shouldRefuseAnAcknowledgementWhileARequestIsOutstanding() {
        bench.start(CPU, Op.allocate(WayIn.NAPI_BUILD_SKB, 0));

        assertThatThrownBy(() -> bench.send(CPU, SlabReply.Freed.FREED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("acknowledgement that nobody waits for: at=cpu-0");
    }
}
