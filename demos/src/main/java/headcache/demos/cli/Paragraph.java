package headcache.demos.cli;

import java.io.PrintWriter;

/** Text for people that may be longer than a line of a terminal. */
final class Paragraph {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";

    private Paragraph() {}

    /** Prints {@code text}, broken between words; lines but the first are indented. */
    static void print(final String text, final PrintWriter out) {
        print(text, "", out);
    }

    /** Prints {@code text} so, all of it indented by {@code indent}. */
    static void print(final String text, final String indent, final PrintWriter out) {
        final StringBuilder line = new StringBuilder(indent);
        for (final String word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent).append(INDENT);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
