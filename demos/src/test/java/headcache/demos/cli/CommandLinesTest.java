package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.workload.BadInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What every command owes its caller: an exit code that means something, and one line when something is wrong. */
final class CommandLinesTest {

    private static final Terminal PIPE = new Terminal(false, false, false);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void forgetDebug() {
        System.clearProperty(CommandLines.DEBUG);
    }

    @Test
    void bareRunGivesTourThatFitsTheScreen() {
        assertThat(run(PIPE)).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().lines()).hasSizeBetween(10, 20).allMatch(line -> line.length() <= 80);
        assertThat(out.toString())
                .startsWith("headcache: ")
                .contains("./headcache COMMAND --help")
                .endsWith("\n");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explain", "conform", "check", "mutants", "lesson", "list"})
    void tourLeadsToEachCommand(final String command) {
        run(PIPE);
        assertThat(out.toString()).contains("\n  ./headcache " + command + " ");
    }

    @Test
    void helpNamesCommandsAndExitCodes() {
        assertThat(run(PIPE, "--help")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString())
                .startsWith("Usage: headcache [-hV] COMMAND")
                .contains("  list ")
                .contains("  65   bad input data")
                .doesNotContain("warm-up");
    }

    @Test
    void versionNamesProgramAndRuntime() {
        assertThat(run(PIPE, "--version")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().strip()).isEqualTo("headcache unpackaged (java " + Runtime.version() + ")");
    }

    @Test
    void everyCommandKnowsTheVersion() {
        final CommandLine program = program(PIPE);
        program.getSubcommands().keySet().stream()
                .filter(name -> !name.equals("warm-up"))
                .forEach(name -> {
                    out.getBuffer().setLength(0);
                    assertThat(program.execute(name, "--version")).as(name).isEqualTo(ExitCodes.HOLDS);
                    assertThat(out.toString()).as(name).startsWith("headcache unpackaged");
                });
    }

    @Test
    void everyVisibleCommandHasDescriptionAndHelp() {
        final CommandLine program = program(PIPE);
        assertThat(program.getSubcommands()).containsKey("list");
        program.getSubcommands().forEach((name, command) -> {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
            assertThat(program.execute(name, "--help")).as(name).isEqualTo(ExitCodes.HOLDS);
        });
    }

    @Test
    void listShowsVisibleCommandsOnly() {
        assertThat(run(PIPE, "list")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().lines())
                .first()
                .asString()
                .startsWith("kind ")
                .contains(" name ")
                .endsWith(" description");
        assertThat(out.toString().lines()).anyMatch(line -> line.matches("command +list .*"));
        assertThat(out.toString()).doesNotContain("warm-up");
    }

    @Test
    void listShowsTheRecordings() {
        assertThat(run(PIPE, "list", "--format", "csv")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().lines().filter(line -> line.startsWith("recording,")))
                .hasSize(5)
                .allMatch(line -> line.contains("Linux 6.1"));
    }

    @Test
    void warmUpSaysNothing() {
        assertThat(run(PIPE, "warm-up")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString() + err).isEmpty();
    }

    @Test
    void colourOnlyWhereItIsWelcome() {
        run(PIPE, "--help");
        assertThat(out.toString()).doesNotContain("\u001b[");
        run(new Terminal(true, true, true), "--help");
        assertThat(out.toString()).contains("\u001b[");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "--nope", "list --format=xml", "list --format", "list a b"})
    void wrongUsageIsOneLineWithExit64(final String words) {
        assertThat(run(PIPE, words.split(" "))).isEqualTo(64);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("headcache")
                .endsWith("--help)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void likelyCommandIsSuggested() {
        run(PIPE, "lst");
        assertThat(err.toString().strip())
                .isEqualTo(
                        "headcache: Unmatched argument at index 0: 'lst'; did you mean list? (see headcache --help)");
    }

    @Test
    void badInputIsItsOwnMessageWithExit65() {
        assertThat(runFailing(new BadInputException("a.csv", 3, "no such event", "event", "gte")))
                .isEqualTo(65);
        assertThat(err.toString()).isEqualTo("a.csv:3: no such event, event=gte" + System.lineSeparator());
    }

    @Test
    void otherFailureIsOneLineWithExit70() {
        assertThat(runFailing(new IllegalStateException("two\n  lines"))).isEqualTo(70);
        assertThat(err.toString().lines())
                .containsExactly("headcache: internal error: java.lang.IllegalStateException: two lines"
                        + " (JAVA_OPTS=-Dheadcache.debug=true shows where)");
    }

    @Test
    void errorOfTheRuntimeIsOneLineWithExit70() {
        assertThat(runFailing(new StackOverflowError("deep"))).isEqualTo(70);
        assertThat(err.toString().lines())
                .containsExactly("headcache: internal error: java.lang.StackOverflowError: deep"
                        + " (JAVA_OPTS=-Dheadcache.debug=true shows where)");
    }

    @Test
    void debugAddsTheStackTrace() {
        System.setProperty(CommandLines.DEBUG, "true");
        runFailing(new IllegalStateException("why"));
        assertThat(err.toString()).contains("\tat headcache.demos.cli.CommandLinesTest");
    }

    @ParameterizedTest
    @ValueSource(ints = {ExitCodes.HOLDS, ExitCodes.VIOLATED, ExitCodes.INCONCLUSIVE})
    void verdictOfCommandIsTheExitCode(final int verdict) {
        assertThat(CommandLines.execute(program(PIPE, new Verdict(verdict)), "verdict"))
                .isEqualTo(verdict);
    }

    private int run(final Terminal terminal, final String... args) {
        return CommandLines.execute(program(terminal), args);
    }

    private int runFailing(final Throwable failure) {
        return CommandLines.execute(program(PIPE, new Failing(failure)), "failing");
    }

    private CommandLine program(final Terminal terminal, final Object... further) {
        final CommandLine program = CommandLines.create(terminal);
        for (final Object command : further) {
            program.addSubcommand(command);
        }
        return program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    @Command(name = "verdict")
    private record Verdict(int exitCode) implements Callable<Integer> {
        @Override
        public Integer call() {
            return exitCode;
        }
    }

    @Command(name = "failing")
    private static final class Failing implements Callable<Integer> {

        private final Throwable failure;

        Failing(final Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }
}
