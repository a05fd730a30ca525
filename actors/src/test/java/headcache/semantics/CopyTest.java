package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.NIC;
import static headcache.semantics.StepBench.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.ActorName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy of a step goes on by itself, from wherever it stands, and so does the original. */
class CopyTest {
    private static final List<ActorName> ALL = List.of(CPU, CPU_1, TASK, NIC);

    static Stream<Arguments> moments() {
        return Moments.all().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static List<String> encoded(StepBench bench) {
        return ALL.stream().map(who -> Arrays.toString(bench.encoded(who))).toList();
    }

    /** Runs to the end; all that happened, and all that was said to others. */
    private static List<String> finish(StepBench bench) {
        final List<String> lines = new ArrayList<>();
        bench.settle();
        ALL.forEach(who -> lines.addAll(bench.events(who)));
        lines.addAll(bench.answers());
        return lines;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void shouldBeEncodedLikeItsOriginal(String name, StepBench bench) {
        assertThat(encoded(bench.copy())).isEqualTo(encoded(bench));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void shouldLeaveTheOriginalAsItIs(String name, StepBench bench) {
        final List<String> before = encoded(bench);

        final List<String> lines = finish(bench.copy());

        assertThat(lines).isNotEmpty();
        assertThat(encoded(bench)).isEqualTo(before);
        assertThat(finish(bench)).isEqualTo(lines);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void shouldNotBeMovedByItsOriginal(String name, StepBench bench) {
        final StepBench copy = bench.copy();
        final List<String> lines = finish(bench);

        assertThat(finish(copy)).isEqualTo(lines);
        assertThat(encoded(copy)).isEqualTo(encoded(bench));
        assertThat(copy.report(CPU)).isEqualTo(bench.report(CPU));
    }
}
