package headcache.demos.lesson;

import java.util.List;

/**
 * What is shown at once.
 *
 * @param lines at most {@value #HEIGHT}, each at most {@value #WIDTH} columns wide
 */
public record Page(List<String> lines) {
    /** Columns that a page can take: a projector's terminal has a few more. */
    public static final int WIDTH = 90;

    /** Lines that a page can take, so that it and a prompt fit a terminal of 30 lines. */
    public static final int HEIGHT = 27;

    /** Keeps {@code lines} as they are now. */
    public Page {
        lines = List.copyOf(lines);
    }
}
