package headcache.demos.cli;

import headcache.workload.trace.RouteEntry;
import headcache.workload.trace.RouteTable;
import java.util.List;

/** The route table as people read it. */
final class RoutesDocument {

    private static final String[] COLUMNS = {"row", "function", "and", "way", "since", "note"};

    private RoutesDocument() {}

    /** A row for each function. */
    static Table table() {
        final Table table = new Table(COLUMNS);
        for (final RouteEntry entry : RouteTable.entries()) {
            for (final String function : functions(entry)) {
                table.row(cells(entry, function));
            }
        }
        return table;
    }

    /** What {@code docs/routes.md} holds. */
    static String markdown() {
        final StringBuilder text = new StringBuilder("""
                # Which way a kernel function is

                A recording says which kernel function took or freed a head; the model is asked to do the same by the
                way below, and decides by itself whether the cache or the slab serves it. The first line that fits a
                row counts. A function that is not here is replayed by the plainest way that ends where the recording
                says, its way is not compared, and it is reported as unknown.

                `since` 6.1 marks what the recorded kernel has and the modelled one (5.12) has not.
                The same table: `./headcache conform --routes`.

                """);
        text.append("| ").append(String.join(" | ", COLUMNS)).append(" |\n");
        text.append("| --- ".repeat(COLUMNS.length)).append("|\n");
        for (final RouteEntry entry : RouteTable.entries()) {
            final String[] cells = cells(entry, String.join("`<br>`", functions(entry)));
            for (int i = 0; i < cells.length; i++) {
                text.append(cells[i].isEmpty() ? "|  " : isCode(i) ? "| `" + cells[i] + "` " : "| " + cells[i] + " ");
            }
            text.append("|\n");
        }
        return text.toString();
    }

    private static boolean isCode(final int column) {
        return !COLUMNS[column].equals("since") && !COLUMNS[column].equals("note");
    }

    private static List<String> functions(final RouteEntry entry) {
        return entry.functions().isEmpty() ? List.of("any") : entry.functions();
    }

    private static String[] cells(final RouteEntry entry, final String function) {
        return new String[] {
            entry.eventsText(),
            function,
            entry.conditionsText(),
            entry.route().label(),
            entry.since().label(),
            entry.note()
        };
    }
}
