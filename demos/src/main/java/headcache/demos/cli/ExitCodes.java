package headcache.demos.cli;

/** The exit codes of the program; 64 and above are those of BSD's sysexits. */
public final class ExitCodes {

    /** What was asked has been done, and what was checked holds. */
    public static final int HOLDS = 0;

    /** A property or a conformance is violated. */
    public static final int VIOLATED = 1;

    /** A bound or a time limit was reached before there was a verdict. */
    public static final int INCONCLUSIVE = 2;

    /** The command line is wrong. */
    public static final int USAGE = 64;

    /** The data that was given is wrong. */
    public static final int BAD_DATA = 65;

    /** The program itself failed. */
    public static final int INTERNAL = 70;

    private ExitCodes() {}
}
