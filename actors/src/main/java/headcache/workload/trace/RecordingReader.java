package headcache.workload.trace;

import headcache.workload.BadInputException;

/**
 * Reads recordings: CSV under a header line, without quoting, gzip or plain.
 *
 * <p>It streams, with two fixed buffers. Everything that a file can make large has a limit, so that no
 * file, however wrong, takes much memory or time: lines, lists, names, numbers, rows.
 */
public final class RecordingReader {
    private static final String HEADER = "seq,cpu,event,object,detail";

    private RecordingReader() {}

    /**
     * Reads {@code source} whole.
     *
     * @throws BadInputException if it is not a recording, with the first line that is wrong
     */
    public static Recording read(TraceSource source) {
        final RecordingBuilder rows = new RecordingBuilder(source);
        final LineScanner scanner = new LineScanner(source.file());
        final RowParser parser = new RowParser(scanner, rows);
        try (LineReader lines = LineReader.open(source)) {
            scanner.header(lines, HEADER);
            while (lines.next()) {
                scanner.begin(lines);
                parser.row();
            }
        }
        return new Recording(rows);
    }
}
