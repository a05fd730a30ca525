package headcache.demos.lesson;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a lesson to people: page by page to those who sit before a terminal, whole to all others.
 *
 * <p>It reads lines, so the terminal stays as it is and Ctrl-C ends the program at any moment.
 */
public final class Pager {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    /** Stands where the prompt will be, which is longer. */
    private static final String RUNNING = "the machines are running...\r";

    private final PrintWriter screen;
    private final Ink ink;

    /**
     * A pager that writes to {@code screen}.
     *
     * @param screen where pages go
     * @param ink how; in colour the screen is cleared before each page as well, so that drawings stay in place
     */
    public Pager(final PrintWriter screen, final Ink ink) {
        this.screen = screen;
        this.ink = ink;
    }

    /** Writes all pages of {@code lesson}, with a blank line after each. */
    public void showAll(final Lesson lesson) {
        for (final Page page : pages(lesson)) {
            write(page);
        }
        screen.flush();
    }

    /**
     * Shows {@code lesson} page by page: Enter goes on, {@code b} goes back, {@code q} or the end of input leaves.
     * Its machines run while the first page is read.
     *
     * @throws IOException if {@code keyboard} cannot be read
     */
    public void showStepwise(final Lesson lesson, final BufferedReader keyboard) throws IOException {
        turnTo(lesson.opening());
        screen.print(RUNNING);
        screen.flush();
        turnOver(pages(lesson), keyboard);
    }

    /**
     * Shows {@code pages}, of which there is one or more, one by one.
     *
     * @throws IOException if {@code keyboard} cannot be read
     */
    public void showStepwise(final List<Page> pages, final BufferedReader keyboard) throws IOException {
        turnTo(pages.get(0));
        turnOver(pages, keyboard);
    }

    private void turnOver(final List<Page> pages, final BufferedReader keyboard) throws IOException {
        final int last = pages.size() - 1;
        int at = 0;
        while (at < last) {
            final String order = ask(keyboard, at + 1, pages.size());
            if (order == null || order.equals("q")) {
                return;
            }
            at = order.equals("b") ? Math.max(0, at - 1) : at + 1;
            turnTo(pages.get(at));
        }
    }

    private List<Page> pages(final Lesson lesson) {
        final List<Page> pages = new ArrayList<>();
        pages.add(lesson.opening());
        pages.addAll(lesson.run(ink));
        return pages;
    }

    private @Nullable String ask(final BufferedReader keyboard, final int page, final int pages) throws IOException {
        screen.print("[Enter] on   [b Enter] back   [q Enter] leave      page " + page + " of " + pages + " ");
        screen.flush();
        final String line = keyboard.readLine();
        if (line == null) {
            screen.println();
            screen.flush();
            return null;
        }
        return line.strip();
    }

    private void turnTo(final Page page) {
        screen.print(ink == Ink.COLOUR ? CLEAR : System.lineSeparator());
        write(page);
        screen.flush();
    }

    private void write(final Page page) {
        page.lines().forEach(screen::println);
        screen.println();
    }
}
