package headcache.workload.trace;

import headcache.workload.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one line of a file from left to right, and says what is wrong with it. */
final class LineScanner {
    private static final int SHOWN = 40;
    private static final int DIGITS = 10;

    private final String file;
    private byte[] buffer = {};
    private int at;
    private int end;
    private int line;

    LineScanner(String file) {
        this.file = file;
    }

    void begin(LineReader reader) {
        buffer = reader.buffer();
        at = reader.start();
        end = reader.end();
        line = reader.line();
    }

    /** Goes to the first line of the file, which must be {@code header}. */
    void header(LineReader reader, String header) {
        if (!reader.next()) {
            throw new BadInputException(file, 1, "the file is empty", "expected", header);
        }
        begin(reader);
        at = end;
        if (!range(reader.start(), at, header.getBytes(StandardCharsets.US_ASCII))) {
            throw bad("wrong header", "found", shown(reader.start(), at), "expected", header);
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int at() {
        return at;
    }

    int line() {
        return line;
    }

    boolean atEnd() {
        return at == end;
    }

    /** Whether the next byte is {@code c}. */
    boolean sees(char c) {
        return at < end && buffer[at] == c;
    }

    /** Whether a digit is next. */
    boolean seesDigit() {
        return at < end && buffer[at] >= '0' && buffer[at] <= '9';
    }

    /** Reads the digit that is next. */
    int digit() {
        return buffer[at++] - '0';
    }

    /** Goes back to {@code position}. */
    void back(int position) {
        at = position;
    }

    /** Steps over {@code c} if it is next. */
    boolean skip(char c) {
        if (sees(c)) {
            at++;
            return true;
        }
        return false;
    }

    /** Steps over the {@code c} that ends {@code what}. */
    void expect(char c, String what) {
        if (!skip(c)) {
            throw bad(atEnd() ? "the line ends after " + what : "malformed " + what, "found", rest());
        }
    }

    /** Checks that the line ends after {@code what}. */
    void expectEnd(String what) {
        if (!atEnd()) {
            throw bad("malformed " + what, "found", rest());
        }
    }

    /** Steps over a word of the detail column, to what may follow one. */
    void skipWord() {
        while (at < end && buffer[at] != ' ' && buffer[at] != ',') {
            at++;
        }
    }

    /** Steps to the next {@code c}, or to the end of the line. */
    void skipTo(char c) {
        while (at < end && buffer[at] != c) {
            at++;
        }
    }

    /** Steps over the letters, digits and underscores of a key. */
    void skipKey() {
        while (at < end && (Character.isLetterOrDigit(buffer[at]) || buffer[at] == '_')) {
            at++;
        }
    }

    /** Reads a decimal number from 0 to {@code limit}. */
    int number(String what, int limit) {
        final int from = at;
        long value = 0;
        while (seesDigit()) {
            value = Math.min(value * DIGITS + (buffer[at] - '0'), Integer.MAX_VALUE + 1L);
            at++;
        }
        if (at == from || value > limit) {
            at = from;
            throw bad(what + " is no number from 0 to " + limit, what, word());
        }
        return (int) value;
    }

    /** Whether the bytes from {@code from} to {@code to} are {@code text}. */
    boolean range(int from, int to, byte[] text) {
        return to - from == text.length && Arrays.equals(buffer, from, to, text, 0, text.length);
    }

    /** The line from {@code from} up to here. */
    String name(int from) {
        return new String(buffer, from, at - from, StandardCharsets.UTF_8);
    }

    /** The line from {@code from} up to here, shortened, for people. */
    String text(int from) {
        return shown(from, at);
    }

    /** Reports that this line is wrong. */
    BadInputException bad(String what, Object... facts) {
        return new BadInputException(file, line, what, facts);
    }

    private String word() {
        int to = at;
        while (to < end && buffer[to] != ',' && buffer[to] != ' ' && buffer[to] != ';') {
            to++;
        }
        return shown(at, to);
    }

    private String rest() {
        return shown(at, end);
    }

    private String shown(int from, int to) {
        final String text = new String(buffer, from, Math.min(to - from, SHOWN), StandardCharsets.US_ASCII)
                .replaceAll("[^ -~]", "?");
        return '"' + text + (to - from > SHOWN ? "..." : "") + '"';
    }
}
