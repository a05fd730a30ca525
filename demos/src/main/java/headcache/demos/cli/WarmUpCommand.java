package headcache.demos.cli;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code headcache warm-up}: loads the classes that most commands need, and does nothing else.
 *
 * <p>The launcher runs it once after each build and keeps the loaded classes in an archive, from which later starts are
 * faster. What is not loaded here works all the same.
 */
@Command(
        name = "warm-up",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Load what most commands need; the launcher archives it.")
final class WarmUpCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        spec.root().commandLine().usage(nowhere);
        for (final Format format : Format.values()) {
            new Table("kind", "name").row("format", format.name()).print(format, nowhere);
        }
        execute(nowhere, "conform", "tcp_rx_pair");
        execute(nowhere, "run", "--format", "table");
        execute(nowhere, "run", "burst", "--packets", "1000", "--deterministic", "--format", "json");
        execute(nowhere, "explain", "--head", "17");
    }

    private static void execute(final PrintWriter nowhere, final String... words) {
        final CommandLine program = CommandLines.create(new Terminal(false, false, false));
        final int code = CommandLines.execute(program.setOut(nowhere).setErr(nowhere), words);
        if (code != ExitCodes.HOLDS) {
            throw new IllegalStateException(
                    "what comes with the program does not hold: exit=" + code + " command=" + String.join(" ", words));
        }
    }
}
