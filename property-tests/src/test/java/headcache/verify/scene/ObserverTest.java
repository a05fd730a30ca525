package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Statement;
import headcache.kit.report.Report;
import headcache.kit.run.Recording;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.step.HeadMisuse;
import headcache.verify.Invariant;
import headcache.verify.Watch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report says of each law when an actor itself has noticed that one is broken. */
final class ObserverTest {
    private final Observer observer =
            new Observer(new Watch(MachineConfig.of(Topology.even(1, 1)), new Watch.Known(MessageBytes::put)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOUBLE_FREE    | I2      | I2 one place: a head is given up once",
                "USE_AFTER_FREE | I9      | I9 exclusive: nobody uses a head that is given up",
                "WRONG_SLAB     | I8, I12 | I8 origin or I12 home: a head comes only to a cache or slab that it belongs"
                        + " to"
            })
    void aMisuseBreaksTheLawsItStandsFor(HeadMisuse.Rule rule, String laws, String text) {
        final HeadMisuse misuse = new HeadMisuse(rule, 5, "cpu-0", "put", "");

        final List<Statement> statements = observer.statements(misuse, rule.name());

        assertThat(statements)
                .filteredOn(statement -> statement.broken() != null)
                .containsExactly(new Statement(rule.name(), text, rule + ": head=n0/5 at=cpu-0: put"));
        assertThat(statements)
                .filteredOn(statement -> statement.broken() == null)
                .extracting(Statement::rule)
                .containsExactly(allBut(List.of(laws.split(", "))));
    }

    @Test
    void anyOtherCrashBreaksNoneOfThem() {
        final List<Statement> statements = observer.statements(new IllegalStateException("no op"), "its class");

        assertThat(statements)
                .filteredOn(statement -> statement.broken() != null)
                .containsExactly(new Statement("its class", "no actor crashes", "no op"));
        assertThat(statements)
                .filteredOn(statement -> statement.broken() == null)
                .extracting(Statement::rule)
                .containsExactly(allBut(List.of()));
    }

    private static String[] allBut(List<String> laws) {
        return Arrays.stream(Invariant.values())
                .map(Invariant::name)
                .filter(name -> !laws.contains(name))
                .toArray(String[]::new);
    }

    @Test
    void theReportSaysSo() {
        final RunFile run = RunFile.read("../docs/runs/twin-in-gro.json");
        try (MachineWorld world = new MachineWorld(run.scene(), run.semantics())) {
            assertThat(Report.of(Recording.toTheEnd(world, run.deliveries())).lines())
                    .endsWith(
                            "WRONG_SLAB is broken: WRONG_SLAB: head=n0/f0 at=cpu-0: put, but it is no head of the slab"
                                    + " of plain heads; history: none; arrivals so far: 0",
                            "    I8 origin or I12 home: a head comes only to a cache or slab that it belongs to",
                            "unbroken: I1, I2, I3, I4, I5, I6, I7, I9, I10, I11, I13, I14, I15, I16, I17, REFINEMENT,"
                                    + " ANSWERED");
        }
    }
}
