package headcache.demos.lesson;

/** How a page shows what changed: by its marks alone, or in colour as well. */
public enum Ink {
    /** Marks only: for files, pipes, and terminals without colour. */
    PLAIN("", "", ""),
    /** What came on green ground, what left on red. */
    COLOUR("\u001b[30;42m", "\u001b[30;41m", "\u001b[0m");

    private final String came;
    private final String left;
    private final String end;

    Ink(final String came, final String left, final String end) {
        this.came = came;
        this.left = left;
        this.end = end;
    }

    String came(final String text) {
        return came + text + end;
    }

    String left(final String text) {
        return left + text + end;
    }
}
