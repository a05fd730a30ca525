package headcache.demos.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What the program reads from and writes to: whether people are there, and whether colour is welcome.
 *
 * <p>The launcher knows and says so by system properties, because the JVM cannot tell one stream from another. Without
 * the launcher nothing is taken for a terminal.
 *
 * @param in whether standard input is a terminal
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal: progress is shown only then
 * @param colour whether text on standard output may be coloured
 */
record Terminal(boolean in, boolean out, boolean err, boolean colour) {

    /** Surroundings in which nobody answers. */
    Terminal(final boolean out, final boolean err, final boolean colour) {
        this(false, out, err, colour);
    }

    /**
     * Asks the surroundings of this process.
     *
     * @return what they say; no colour where {@code NO_COLOR} is set and not empty, nor where output is no terminal
     */
    static Terminal detect() {
        return of(
                Boolean.getBoolean("headcache.terminal.in"),
                Boolean.getBoolean("headcache.terminal.out"),
                Boolean.getBoolean("headcache.terminal.err"),
                System.getenv("NO_COLOR"),
                System.getenv("TERM"));
    }

    static Terminal of(
            final boolean in,
            final boolean out,
            final boolean err,
            final @Nullable String noColor,
            final @Nullable String term) {
        final boolean refused = noColor != null && !noColor.isEmpty();
        final boolean capable = term != null && !term.equals("dumb");
        return new Terminal(in, out, err, out && capable && !refused);
    }

    /** Whether somebody reads and can answer. */
    boolean isDialogue() {
        return in && out;
    }

    Ansi ansi() {
        return colour ? Ansi.ON : Ansi.OFF;
    }
}
