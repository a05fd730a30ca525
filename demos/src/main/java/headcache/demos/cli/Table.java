package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of text under named columns, which can be written in each {@link Format}. */
final class Table {

    /** Columns of a terminal that the last column of a table may use up, and the least that it is given. */
    private static final int WIDTH = 100;

    private static final int LEAST = 40;
    private static final int GAP = 2;
    private static final Pattern NUMBER = Pattern.compile("~?-?[0-9][0-9,.]*%?|-|");

    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private boolean wraps;

    /**
     * Names the columns.
     *
     * @param columns the names, which are also the fields in JSON and the header in CSV
     */
    Table(final String... columns) {
        this.columns = List.of(columns);
    }

    /**
     * Wraps the last column where people read it, so that lines fit a terminal of 100 columns.
     *
     * @return this table
     */
    Table wrapping() {
        wraps = true;
        return this;
    }

    /**
     * Adds a row at the end.
     *
     * @param cells one for each column
     * @return this table
     * @throws IllegalArgumentException if there are more or fewer cells than columns
     */
    Table row(final String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("cells=" + cells.length + ", columns=" + columns.size());
        }
        rows.add(List.of(cells));
        return this;
    }

    /**
     * Writes everything.
     *
     * @param format how
     * @param out where to; flushed
     */
    void print(final Format format, final PrintWriter out) {
        switch (format) {
            case TABLE -> printTable(out);
            case JSON -> printJson(out);
            case CSV -> printCsv(out);
        }
        out.flush();
    }

    private void printTable(final PrintWriter out) {
        int width = 0;
        final Column[] aligned = new Column[columns.size()];
        for (int i = 0; i < aligned.length; i++) {
            final HorizontalAlign align = isNumeric(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
            aligned[i] = new Column()
                    .header(columns.get(i))
                    .headerAlign(align)
                    .dataAlign(align)
                    .maxWidth(wraps && i == aligned.length - 1 ? Math.max(LEAST, WIDTH - width) : Integer.MAX_VALUE);
            width += width(i) + GAP;
        }
        final Object[][] cells = rows.stream().map(List::toArray).toArray(Object[][]::new);
        AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(aligned, cells)
                .asString()
                .lines()
                .forEach(line -> out.println(line.substring(1).stripTrailing()));
    }

    private int width(final int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(columns.get(column).length(), Math::max);
    }

    /** Whether a column holds nothing but numbers, with their signs, units and marks. */
    private boolean isNumeric(final int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }

    private void printJson(final PrintWriter out) {
        final ObjectMapper mapper = new ObjectMapper();
        final ArrayNode array = mapper.createArrayNode();
        for (final List<String> row : rows) {
            final ObjectNode object = array.addObject();
            for (int i = 0; i < columns.size(); i++) {
                object.put(columns.get(i), row.get(i));
            }
        }
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array));
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
    }

    private void printCsv(final PrintWriter out) {
        out.println(commaSeparated(columns));
        rows.forEach(row -> out.println(commaSeparated(row)));
    }

    private static String commaSeparated(final List<String> cells) {
        return String.join(",", cells.stream().map(Table::quoted).toList());
    }

    private static String quoted(final String cell) {
        final boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
