package headcache.demos.lesson;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import java.util.ArrayList;
import java.util.List;

/**
 * Head caches side by side, each drawn as the stack that it is: slot 0, the oldest head, at the bottom. What is not
 * in the same slot of the cache it is compared with is marked: {@code -} leaves, {@code +} came.
 */
final class StackDrawing {
    private static final String MARGIN = "  %4s  ";
    private static final String TOP = " <- top  ";
    private static final String NOTHING = " ".repeat(TOP.length());
    private static final int INSIDE = 8;

    private final Ink ink;
    private final List<Column> columns = new ArrayList<>();

    private record Column(String title, CacheView cache, CacheView other, boolean isBefore) {}

    StackDrawing(final Ink ink) {
        this.ink = ink;
    }

    /** Adds the cache of {@code cpu} twice: before {@code turn}, and after it. */
    StackDrawing change(final String whose, final Turn turn, final CpuId cpu) {
        final CacheView before = turn.before().cache(cpu);
        final CacheView after = turn.after().cache(cpu);
        return before(whose + "before", before, after).after(whose + "after", before, after);
    }

    /** Adds a cache as it was before it became {@code after}. */
    StackDrawing before(final String title, final CacheView before, final CacheView after) {
        columns.add(new Column(title, before, after, true));
        return this;
    }

    /** Adds a cache as it is, after it was {@code before}. */
    StackDrawing after(final String title, final CacheView before, final CacheView after) {
        columns.add(new Column(title, after, before, false));
        return this;
    }

    /** Adds a cache in which nothing is marked. */
    StackDrawing still(final String title, final CacheView cache) {
        return after(title, cache, cache);
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(titles());
        final int top = columns.stream()
                        .mapToInt(column -> column.cache().capacity())
                        .max()
                        .orElse(0)
                - 1;
        for (int slot = top; slot >= 0; slot--) {
            lines.add(row(slot));
        }
        lines.add(floor());
        return lines;
    }

    private String titles() {
        final StringBuilder line = new StringBuilder(MARGIN.formatted("slot"));
        columns.forEach(column -> line.append(("%-" + (INSIDE + 2 + TOP.length()) + "s").formatted(column.title())));
        return line.toString().stripTrailing();
    }

    private String row(final int slot) {
        final StringBuilder line = new StringBuilder(MARGIN.formatted(slot));
        for (final Column column : columns) {
            final boolean top = slot == column.cache().count() - 1;
            line.append('|').append(cell(column, slot)).append('|').append(top ? TOP : NOTHING);
        }
        return line.toString().stripTrailing();
    }

    private String cell(final Column column, final int slot) {
        if (slot >= column.cache().count()) {
            return " ".repeat(INSIDE);
        }
        final String name = Head.name(column.cache().heads().get(slot));
        if (column.cache().sameIn(slot, column.other())) {
            return (" %-" + (INSIDE - 1) + "s").formatted(name);
        }
        final String marked = (" %-" + (INSIDE - 3) + "s%s ").formatted(name, column.isBefore() ? '-' : '+');
        return column.isBefore() ? ink.left(marked) : ink.came(marked);
    }

    private String floor() {
        final String one = '+' + "-".repeat(INSIDE) + '+' + NOTHING;
        return (MARGIN.formatted("") + one.repeat(columns.size())).stripTrailing();
    }
}
