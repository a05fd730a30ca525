package headcache.demos.lesson;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cells in columns under a first row that names them; columns of figures and blanks are flush right. */
final class Grid {
    private static final Pattern FIGURE = Pattern.compile("([0-9.,]+( %)?)?");

    private final List<String> names;
    private final List<List<String>> rows = new ArrayList<>();

    Grid(final String... names) {
        this.names = List.of(names);
    }

    Grid row(final String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        final Column[] columns = new Column[names.size()];
        for (int i = 0; i < columns.length; i++) {
            final HorizontalAlign align = isFigures(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
            columns[i] = new Column().header(names.get(i)).headerAlign(align).dataAlign(align);
        }
        final Object[][] cells = rows.stream().map(List::toArray).toArray(Object[][]::new);
        return AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(columns, cells)
                .asString()
                .lines()
                .map(line -> line.substring(1).stripTrailing())
                .toList();
    }

    private boolean isFigures(final int column) {
        return rows.stream().allMatch(row -> FIGURE.matcher(row.get(column)).matches());
    }
}
