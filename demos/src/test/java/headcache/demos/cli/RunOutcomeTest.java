package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.cpu.CpuStep;
import headcache.machine.RunningMachine.MachineFailure;
import headcache.machine.RunningMachine.Threads;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.step.HeadMisuse;
import headcache.step.Tap;
import headcache.verify.Ledger;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.Workload;
import headcache.workload.generated.Generator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** What is said of runs that do not hold, or do not end. */
final class RunOutcomeTest {
    private static final int H = Head.plain(0, 100_000);

    private final Ledger ledger = new Ledger();

    private static RunSettings settings(final Tap tap) {
        final Workload workload =
                Generator.BURST.workload(Generator.BURST.defaults().withPackets(1000));
        return new RunSettings(
                workload, RunOptions.DEFAULT.with(Threads.DETERMINISTIC).with(tap), List.of("burst"));
    }

    private RunOutcome run(final Tap tap) {
        return RunOutcome.of(settings(tap), ledger, ProgressListener.NONE);
    }

    private static List<String> verdict(final RunOutcome outcome) {
        final StringWriter text = new StringWriter();
        RunText.print(outcome, Ansi.OFF, new PrintWriter(text, true));
        return text.toString()
                .lines()
                .dropWhile(line -> !line.startsWith("verdict"))
                .toList();
    }

    @Test
    void holdsWhereTheLedgerFindsNothing() {
        final RunOutcome outcome = run(ledger);
        assertThat(outcome.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(outcome.holds()).isTrue();
    }

    @Test
    void isViolatedByACutThatDoesNotAddUp() {
        final AtomicBoolean lost = new AtomicBoolean();
        final RunSettings settings = settings((who, message, state, events) -> {
            ledger.onStep(who, message, state, events);
            if (state instanceof CpuStep cpu && cpu.heads().count() > 1 && lost.compareAndSet(false, true)) {
                cpu.heads().pop();
            }
        });
        final RunOutcome outcome = RunOutcome.of(
                new RunSettings(settings.workload(), settings.options().withAuditEvery(700), settings.words()),
                ledger,
                ProgressListener.NONE);
        assertThat(outcome.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(outcome.auditFaults())
                .hasSize(2)
                .allMatch(
                        fault -> fault.matches("cut [12]: of heads of node-0 1 not found: all=([0-9]+) found=[0-9]+"));
        assertThat(verdict(outcome))
                .contains("            audit: " + outcome.auditFaults().get(0));
        assertThat(RunJson.document(outcome, "x").path("audit").path("addUp").asBoolean())
                .isFalse();
    }

    @Test
    void isViolatedByAHeadThatDoesNotComeHome() {
        ledger.startParked(new CpuId(1), H);
        final RunOutcome outcome = run(ledger);
        assertThat(outcome.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(verdict(outcome))
                .startsWith("verdict     VIOLATED")
                .anyMatch(line -> line.matches(" {12}I1 conservation: head=n0/100000 event=[0-9]+: not home after the"
                        + " drain, but in the cache of cpu-1 since step=0 event=0 \\(REFILL\\)"));
        assertThat(RunJson.document(outcome, "x")
                        .path("verdict")
                        .path("firstViolations")
                        .path(0)
                        .path("head")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void showsTenViolationsAndCountsTheRest() {
        for (int i = 0; i < 30; i++) {
            ledger.startParked(new CpuId(5), H + i);
        }
        assertThat(verdict(run(ledger))).hasSize(1 + 10 + 1).endsWith("            20 violations more");
    }

    @Test
    void isViolatedByAMisusedHeadThatAnActorFound() {
        final RunOutcome outcome = run((who, message, state, events) -> {
            ledger.onStep(who, message, state, events);
            if (ledger.begun() > 100) {
                throw new HeadMisuse(HeadMisuse.Rule.DOUBLE_FREE, H, "cpu-0", "put twice", "");
            }
        });
        assertThat(outcome.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(outcome.result()).isNull();
        assertThat(verdict(outcome))
                .containsExactly(
                        "verdict     VIOLATED",
                        "            cpu-1 crashed: DOUBLE_FREE: head=n0/100000 at=cpu-0: put twice");
        assertThat(RunJson.document(outcome, "x")
                        .path("verdict")
                        .path("failure")
                        .asText())
                .startsWith("cpu-1 crashed: DOUBLE_FREE");
    }

    @Test
    void anyOtherCrashIsTheProgramsOwnFault() {
        assertThatThrownBy(() -> run((who, message, state, events) -> {
                    throw new IllegalStateException("no such thing");
                }))
                .isInstanceOf(MachineFailure.class)
                .hasMessageContaining("crashed: no such thing");
    }
}
