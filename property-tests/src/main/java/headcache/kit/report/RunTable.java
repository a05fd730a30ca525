package headcache.kit.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import headcache.kit.run.Recording;
import headcache.kit.run.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run as a table: a column for each actor that got a message, time goes down, a row for each delivery. A cell says
 * what arrived and what it caused.
 */
public final class RunTable {
    /** Characters of a column before its words go to the next line. */
    private static final int WIDEST = 34;

    private RunTable() {}

    /** The lines of the table of {@code run}, its header first. */
    public static List<String> lines(Recording run) {
        return lines(run, 0, run.steps().size());
    }

    /** The header and the row of delivery {@code number}, which is 1 or more. */
    public static List<String> row(Recording run, int number) {
        return lines(run, number - 1, number);
    }

    private static List<String> lines(Recording run, int from, int to) {
        final List<String> actors =
                run.steps().stream().map(Step::receiver).distinct().toList();
        final List<Column> columns = new ArrayList<>();
        columns.add(new Column()
                .header("#")
                .headerAlign(HorizontalAlign.RIGHT)
                .dataAlign(HorizontalAlign.RIGHT)
                .minWidth(String.valueOf(run.steps().size()).length() + 2));
        actors.forEach(actor -> columns.add(new Column()
                .header(actor)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(Math.max(WIDEST, actor.length() + 2))));
        final Object[][] cells = new Object[to - from][];
        for (int i = from; i < to; i++) {
            cells[i - from] = row(i + 1, run.steps().get(i), actors);
        }
        return AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(columns.toArray(Column[]::new), cells)
                .asString()
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    private static Object[] row(int number, Step step, List<String> actors) {
        final Object[] row = new Object[actors.size() + 1];
        Arrays.fill(row, "");
        row[0] = String.valueOf(number);
        row[actors.indexOf(step.receiver()) + 1] = cell(step);
        return row;
    }

    private static String cell(Step step) {
        final List<String> lines = new ArrayList<>();
        lines.add((step.letter().kind() + " from " + step.sender()).strip());
        lines.addAll(step.observed());
        step.sends().forEach(sent -> lines.add("to " + sent.receiver() + " " + sent.kind()));
        return String.join("\n", lines);
    }
}
