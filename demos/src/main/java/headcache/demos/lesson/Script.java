package headcache.demos.lesson;

import headcache.protocol.CpuId;
import java.util.ArrayList;
import java.util.List;

/** The pages of a lesson in the making. A page belongs to it from the moment it is asked for. */
final class Script {
    private final Lesson lesson;
    private final Ink ink;
    private final List<Sheet> sheets = new ArrayList<>();
    private int steps;

    Script(final Lesson lesson, final Ink ink) {
        this.lesson = lesson;
        this.ink = ink;
    }

    /** The first page of {@code lesson}, which is no part of its script. */
    static Sheet opening(final Lesson lesson) {
        return new Sheet("Lesson " + lesson.number() + ": " + lesson.title());
    }

    /** A page that shows something happen. */
    Sheet step(final String subject) {
        steps++;
        return sheet("Lesson " + lesson.number() + ", step " + steps + ": " + subject);
    }

    /** The last page: commands to try, each with what it shows, and how to repeat all this. */
    void next(final Grid commands) {
        between("what to try next")
                .indented(commands.lines())
                .line("All pages again, the same to the byte: ./headcache lesson " + lesson.number() + " --all");
    }

    /** A page between the steps. */
    Sheet between(final String subject) {
        return sheet("Lesson " + lesson.number() + ": " + subject);
    }

    /** A page that shows what {@code turn} did to the cache of {@code cpu}. */
    Sheet step(final String subject, final Turn turn, final CpuId cpu) {
        return step(subject)
                .line("Call: " + turn.call())
                .drawing(drawing().change("", turn, cpu))
                .inUse("In use", turn.after());
    }

    StackDrawing drawing() {
        return new StackDrawing(ink);
    }

    List<Page> pages() {
        return sheets.stream().map(Sheet::page).toList();
    }

    private Sheet sheet(final String title) {
        final Sheet sheet = new Sheet(title);
        sheets.add(sheet);
        return sheet;
    }
}
