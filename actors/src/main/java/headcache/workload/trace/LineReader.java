package headcache.workload.trace;

import headcache.workload.BadInputException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.ZipException;

/** Lines of a file, plain or gzip, as ranges of one byte array that is used again and again. */
final class LineReader implements Closeable {
    /** The longest line in bytes; the longest that a kernel recorded has 600. */
    static final int LONGEST_LINE = 1 << 16;

    private final String file;
    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST_LINE * 2];
    private int start;
    private int end;
    private int next;
    private int limit;
    private int line;
    private boolean ended;

    private LineReader(String file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /**
     * Opens {@code source}.
     *
     * @throws BadInputException if it cannot be opened, or begins like gzip and is none
     */
    static LineReader open(TraceSource source) {
        try {
            return new LineReader(source.file(), source.open());
        } catch (final IOException failure) {
            throw unreadable(source.file(), 1, failure);
        }
    }

    /** Goes to the next line; false at the end of the file. */
    boolean next() {
        start = next;
        int from = next;
        while (true) {
            for (int i = from; i < limit; i++) {
                if (buffer[i] == '\n') {
                    return take(i, i + 1);
                }
            }
            from = limit - start;
            if (from > LONGEST_LINE) {
                throw new BadInputException(file, line + 1, "line too long", "limit", LONGEST_LINE);
            }
            if (!fill()) {
                return limit > start && take(limit, limit);
            }
        }
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins in the buffer. */
    int start() {
        return start;
    }

    /** Where the line ends in the buffer, its line end not included. */
    int end() {
        return end;
    }

    /** The number of the line, from 1 on. */
    int line() {
        return line;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean take(int lineEnd, int following) {
        line++;
        end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = following;
        return true;
    }

    /** Moves the unread rest to the front and reads on behind it; false if nothing more came. */
    private boolean fill() {
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        limit -= start;
        start = 0;
        next = 0;
        if (ended) {
            return false;
        }
        try {
            final int got = in.read(buffer, limit, buffer.length - limit);
            ended = got < 0;
            limit += Math.max(0, got);
            return !ended;
        } catch (final IOException failure) {
            throw unreadable(file, line + 1, failure);
        }
    }

    private static BadInputException unreadable(String file, int line, IOException failure) {
        if (failure instanceof EOFException) {
            return new BadInputException(file, line, "truncated: the gzip data ends before its end mark");
        }
        if (failure instanceof ZipException) {
            return new BadInputException(
                    file, line, "corrupt gzip data", "reason", String.valueOf(failure.getMessage()));
        }
        return new BadInputException(file, 0, "cannot be read", "reason", String.valueOf(failure.getMessage()));
    }
}
