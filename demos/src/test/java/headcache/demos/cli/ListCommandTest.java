package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.verify.Invariant;
import headcache.workload.trace.TraceSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"invariants", "invariant", "Invariants"})
    void listsOneKind(final String kind) {
        final Cli run = Cli.run("list " + kind + " --format csv");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines())
                .hasSize(1 + Invariant.values().length)
                .contains("invariant,I12,\"home: a freed head returns to its own page on its home node, whoever frees"
                        + " it\"");
    }

    @Test
    void helpNamesEveryKind() {
        final String help = Cli.run("list --help").out().replaceAll("\\s+", " ");
        assertThat(help)
                .contains(
                        "commands, workloads, recordings, policies, invariants, scenarios, strategies, mutants, lessons or incidents (default: all).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recordings", "traces"})
    void listsRecordingsByEitherName(final String kind) {
        assertThat(Cli.run("list " + kind + " --format csv").out().lines().skip(1))
                .hasSize(TraceSource.BUNDLED.size())
                .allMatch(line -> line.startsWith("recording,"));
    }

    @Test
    void eachWorkloadHasALine() {
        assertThat(Cli.run("list workloads --format csv").out().lines().skip(1).map(line -> line.split(",", -1)[1]))
                .containsExactlyElementsOf(WorkloadNames.all())
                .contains("vlan_nat_pair", "vlan-nat", "numa-cross");
    }

    @Test
    void fitsATerminal() {
        assertThat(Cli.run("list").out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void unknownKindIsWrongUsage() {
        final Cli run = Cli.run("list zebras");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err())
                .startsWith(
                        "headcache list: no such kind: kind=zebras; there are commands, workloads, recordings, policies");
    }
}
