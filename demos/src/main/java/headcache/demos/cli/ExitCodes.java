package headcache.demos.cli;

/** The exit codes of the program; 64 and above are those of BSD's sysexits. */
final class ExitCodes {

    /** What was asked has been done, and what was checked holds. */
    static final int HOLDS = 0;

    /** A property or a conformance is violated. */
    static final int VIOLATED = 1;

    /** A bound or a time limit was reached before there was a verdict. */
    static final int INCONCLUSIVE = 2;

    /** The command line is wrong. */
    static final int USAGE = 64;

    /** The data that was given is wrong. */
    static final int BAD_DATA = 65;

    /** The program itself failed. */
    static final int INTERNAL = 70;

    private ExitCodes() {}
}
