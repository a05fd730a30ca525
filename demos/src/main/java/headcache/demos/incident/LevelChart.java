package headcache.demos.incident;

import headcache.demos.incident.LevelTrace.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How full a cache is, drawn from left to right: a column for each get or put, and below it what that needed. */
final class LevelChart {
    private static final int ROWS = 8;
    private static final int MARGIN = 4;

    private LevelChart() {}

    /**
     * Draws {@code ops} as a cache that can hold {@code most} heads.
     *
     * @param title what is seen
     */
    static List<String> of(final String title, final List<Op> ops, final int most) {
        final List<String> lines = new ArrayList<>(List.of(title));
        for (int row = ROWS; row >= 1; row--) {
            final int above = most * (row - 1) / ROWS;
            final StringBuilder line = new StringBuilder(label(row == ROWS ? String.valueOf(most) : "") + "|");
            ops.forEach(op -> line.append(op.level() > above ? '#' : ' '));
            lines.add(line.toString().stripTrailing());
        }
        lines.add(label("0") + "+" + "-".repeat(ops.size()));
        final StringBuilder contacts = new StringBuilder(label("") + " ");
        ops.forEach(op -> contacts.append(mark(op)));
        lines.add(contacts.toString().stripTrailing());
        return lines;
    }

    private static String label(final String text) {
        return String.format(Locale.ROOT, "%" + MARGIN + "s ", text);
    }

    private static char mark(final Op op) {
        return switch (op.contact()) {
            case NONE -> ' ';
            case REFILL -> 'R';
            case SPILL -> 'S';
        };
    }
}
