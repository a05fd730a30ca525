package headcache.demos.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What came of a command line.
 *
 * @param exitCode the exit code
 * @param out what was written to standard output
 * @param err what was written to standard error
 */
record Cli(int exitCode, String out, String err) {
    private static final Terminal PIPE = new Terminal(false, false, false);

    /** Runs {@code words}, which are separated by blanks, in a pipe. */
    static Cli run(final String words) {
        return run(PIPE, words);
    }

    static Cli run(final Terminal terminal, final String words) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final CommandLine program =
                CommandLines.create(terminal).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        final int exitCode = CommandLines.execute(program, words.split(" "));
        return new Cli(exitCode, out.toString(), err.toString());
    }

    /** The output with measured times masked, and what follows from them. */
    String outWithoutTimes() {
        return out.replaceAll("[0-9.,]+ s, [0-9,]+ packets/s", "TIME s, RATE packets/s")
                .replaceAll("\"seconds\" : [0-9.E-]+", "\"seconds\" : TIME")
                .replaceAll("\"packetsPerSecond\" : [0-9.E-]+", "\"packetsPerSecond\" : RATE")
                .replaceAll("time,seconds,[0-9.E-]+", "time,seconds,TIME")
                .replaceAll("time,packetsPerSecond,[0-9.E-]+", "time,packetsPerSecond,RATE");
    }
}
