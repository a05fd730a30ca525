package headcache.workload.trace;

import headcache.workload.BadInputException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code nics.csv}, which says of each packet capture which recording and which NIC it belongs to. */
public final class NicsReader {
    /** The name of that file, beside the recordings. */
    public static final String FILE = "nics.csv";

    private static final String HEADER =
            "run,file,dev,mac,irq_cpu,network,rx_frames,tx_frames,empty_tso_frames,forwards_from";

    private static final int COLUMNS = HEADER.split(",").length;
    private static final int MAC = 3;
    private static final String MAC_FORM = "[0-9a-f]{2}(:[0-9a-f]{2}){5}";

    private NicsReader() {}

    /**
     * Reads {@code source} whole.
     *
     * @return the NICs in the order of the file
     * @throws BadInputException if it is not such a file, with the first line that is wrong
     */
    public static List<Nic> read(TraceSource source) {
        final LineScanner scanner = new LineScanner(source.file());
        final List<Nic> nics = new ArrayList<>();
        try (LineReader lines = LineReader.open(source)) {
            scanner.header(lines, HEADER);
            while (lines.next()) {
                scanner.begin(lines);
                nics.add(nic(scanner));
            }
        }
        return List.copyOf(nics);
    }

    private static Nic nic(LineScanner scanner) {
        final List<String> cells = new ArrayList<>();
        do {
            final int from = scanner.at();
            scanner.skipTo(',');
            cells.add(scanner.name(from));
        } while (scanner.skip(','));
        if (cells.size() != COLUMNS) {
            throw scanner.bad("wrong number of columns", "columns", cells.size(), "expected", COLUMNS);
        }
        final String mac = cells.get(MAC);
        if (!mac.matches(MAC_FORM)) {
            throw scanner.bad("mac is no address such as 52:54:00:00:00:11", "mac", mac);
        }
        return new Nic(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                Long.parseLong(mac.replace(":", ""), 16),
                cells.get(COLUMNS - 1));
    }
}
