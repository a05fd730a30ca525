package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.verify.RecordedKernel.Row;
import headcache.verify.RecordedKernel.Shape;
import headcache.workload.BadInputException;
import headcache.workload.conform.ConformSettings;
import headcache.workload.conform.Conformance;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

/** Conformance finds what is false and nothing else, whatever the kernel's parameters. */
class ConformProperties {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    @Label("a recording of a kernel that follows the rule conforms, and its remote heads are counted")
    void trueRecordingsConform(@ForAll("shapes") Shape shape, @ForAll("scripts") int[] script) {
        final RecordedKernel kernel = new RecordedKernel(shape, script);
        final Conformance result = RecordingFile.conform(
                RecordedKernel.csv(kernel.rows()),
                kernel.initialState("t"),
                RecordingFile.settings(shape, kernel.nodeOfCpu()));
        assertThat(result.first()).isEmpty();
        assertThat(result.conforms()).isTrue();
        assertThat(result.unknownRoutes()).isEmpty();
        assertThat(result.finalCounts()).isEqualTo(shape.cpus());
        result.remote().ifPresent(remote -> assertThat(remote.gets()).isEqualTo(kernel.remoteGets()));
        Often.require("spill", 40, kernel.spills() > 0);
        Often.require("failed refill", 30, kernel.failedRefills() > 0);
    }

    @Property(tries = 800, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    @Label("a recording of which one row was falsified does not conform")
    void falseRecordingsDoNot(
            @ForAll("shapes") Shape shape,
            @ForAll("scripts") int[] script,
            @ForAll Alteration alteration,
            @ForAll @IntRange(max = 10_000) int choice) {
        final RecordedKernel kernel = new RecordedKernel(shape, script);
        final List<Row> altered = alteration.of(kernel.rows(), choice);
        final boolean changed = !altered.equals(kernel.rows());
        final ConformSettings settings = RecordingFile.settings(shape, kernel.nodeOfCpu());
        assertThat(isFound(altered, kernel.initialState("t"), settings)).isEqualTo(changed);
        Often.require("changed by " + alteration, 30, changed);
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(onFailureOnly = true)
    @Label("nor does a recording of a real kernel, wherever in its 20,795 rows it was falsified")
    void falsifiedRealRecordingsDoNot(@ForAll Alteration alteration, @ForAll @IntRange(max = 10_000_000) int choice) {
        final String initialState = RecordingFile.bundled("initial_state.csv").replace("tcp_rx_pair,", "t,");
        final List<Row> rows = RecordedKernel.rows(RecordingFile.bundled("tcp_rx_pair.csv.gz"));
        final List<Row> altered = alteration.of(rows, choice);
        assertThat(isFound(altered, initialState, ConformSettings.LINUX_5_12)).isEqualTo(!altered.equals(rows));
    }

    private static boolean isFound(List<Row> rows, String initialState, ConformSettings settings) {
        try {
            return !RecordingFile.conform(RecordedKernel.csv(rows), initialState, settings)
                    .conforms();
        } catch (final BadInputException found) {
            return true;
        }
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Arbitraries.integers().between(2, 7).flatMap(capacity -> {
            final Arbitrary<Integer> part = Arbitraries.integers().between(1, capacity);
            return Combinators.combine(
                            Arbitraries.integers().between(1, 3),
                            Arbitraries.integers().between(1, 2),
                            part,
                            part,
                            Arbitraries.integers().between(0, 6))
                    .as((cpus, nodes, refill, spill, initial) ->
                            new Shape(cpus, nodes, capacity, refill, spill, initial));
        });
    }

    @Provide
    Arbitrary<int[]> scripts() {
        return Arbitraries.integers()
                .between(0, RecordedKernel.NUMBERS - 1)
                .withDistribution(RandomDistribution.uniform())
                .array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(150)
                .withSizeDistribution(RandomDistribution.uniform());
    }
}
