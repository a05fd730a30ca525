package headcache.workload.trace;

import headcache.cache.CachePolicy;
import headcache.protocol.Head;
import headcache.workload.BadInputException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code initial_state.csv}: one row for each CPU of each recording; {@code ?} is an unknown head. */
public final class InitialStateReader {
    private static final String HEADER = "trace,cpu,count,objects_bottom_first,final_count";

    private final LineScanner scanner;
    private final Map<String, Map<Integer, InitialState.CacheState>> caches = new TreeMap<>();
    private final Map<String, Set<Integer>> parked = new TreeMap<>();

    private InitialStateReader(LineScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * Reads {@code source} whole.
     *
     * @throws BadInputException if it is not such a file, with the first line that is wrong
     */
    public static InitialState read(TraceSource source) {
        final LineScanner scanner = new LineScanner(source.file());
        final InitialStateReader reader = new InitialStateReader(scanner);
        try (LineReader lines = LineReader.open(source)) {
            scanner.header(lines, HEADER);
            while (lines.next()) {
                scanner.begin(lines);
                reader.row();
            }
        }
        return new InitialState(source.file(), reader.caches);
    }

    private void row() {
        final int from = scanner.at();
        scanner.skipTo(',');
        final String trace = scanner.name(from);
        scanner.expect(',', "trace");
        final int cpu = scanner.number("cpu", Recording.CPU_LIMIT - 1);
        scanner.expect(',', "cpu");
        final int count = scanner.number("count", CachePolicy.CAPACITY_LIMIT);
        scanner.expect(',', "count");
        final int[] objects = objects(trace, count);
        scanner.expect(',', "objects_bottom_first");
        final int finalCount =
                scanner.atEnd() ? InitialState.NOT_RECORDED : scanner.number("final_count", CachePolicy.CAPACITY_LIMIT);
        scanner.expectEnd("final_count");
        final InitialState.CacheState state = new InitialState.CacheState(scanner.line(), objects, finalCount);
        if (caches.computeIfAbsent(trace, key -> new TreeMap<>()).put(cpu, state) != null) {
            throw scanner.bad("the cache is told of twice", "trace", trace, "cpu", cpu);
        }
    }

    private int[] objects(String trace, int count) {
        final Set<Integer> others = parked.computeIfAbsent(trace, key -> new HashSet<>());
        final int[] objects = new int[count];
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                scanner.expect(';', "objects_bottom_first: fewer than count=" + count);
            }
            if (scanner.skip('?')) {
                objects[i] = InitialState.UNKNOWN;
            } else {
                objects[i] = scanner.number("object", Head.INDEX_LIMIT - 1);
                if (!others.add(objects[i])) {
                    throw scanner.bad("the head is parked twice", "trace", trace, "object", objects[i]);
                }
            }
        }
        return objects;
    }
}
