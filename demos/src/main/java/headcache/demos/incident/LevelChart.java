package headcache.demos.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How full a cache is, drawn from left to right: a column for each get or put, and below it what that needed. */
final class LevelChart {
    private static final int ROWS = 8;
    private static final int MARGIN = 4;

    private LevelChart() {}

    /**
     * A get or put.
     *
     * @param level heads that are there afterwards
     * @param mark what stands below it, a blank for nothing
     */
    record Column(int level, char mark) {}

    /**
     * Draws {@code columns} of a cache that can hold {@code most} heads.
     *
     * @param title what is seen
     */
    static List<String> of(final String title, final List<Column> columns, final int most) {
        final List<String> lines = new ArrayList<>(List.of(title));
        for (int row = ROWS; row >= 1; row--) {
            final int above = most * (row - 1) / ROWS;
            final StringBuilder line = new StringBuilder(label(row == ROWS ? String.valueOf(most) : "") + "|");
            columns.forEach(column -> line.append(column.level() > above ? '#' : ' '));
            lines.add(line.toString().stripTrailing());
        }
        lines.add(label("0") + "+" + "-".repeat(columns.size()));
        final StringBuilder marks = new StringBuilder(label("") + " ");
        columns.forEach(column -> marks.append(column.mark()));
        if (!marks.toString().isBlank()) {
            lines.add(marks.toString().stripTrailing());
        }
        return lines;
    }

    private static String label(final String text) {
        return String.format(Locale.ROOT, "%" + MARGIN + "s ", text);
    }
}
