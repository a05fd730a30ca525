package headcache.workload;

/**
 * Says that data given to the program is wrong, and where: {@code file:line: what is wrong, key=value, ...}.
 *
 * <p>The message is the whole report; whoever catches this prints it as it is, without a stack trace.
 */
public final class BadInputException extends RuntimeException {

    /**
     * Names the place and the fault.
     *
     * @param file the file as the user named it
     * @param line the line in it, from 1 on; 0 if the fault belongs to no line
     * @param what what is wrong, as a phrase
     * @param facts keys and values by turns, such as {@code "cpu", -1}
     * @throws IllegalArgumentException if a key has no value
     */
    public BadInputException(final String file, final long line, final String what, final Object... facts) {
        super(message(file, line, what, facts));
    }

    private static String message(final String file, final long line, final String what, final Object... facts) {
        if (facts.length % 2 != 0) {
            throw new IllegalArgumentException("a key without its value: facts=" + facts.length);
        }
        final StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ").append(what);
        for (int i = 0; i < facts.length; i += 2) {
            text.append(", ").append(facts[i]).append('=').append(facts[i + 1]);
        }
        return text.toString();
    }
}
