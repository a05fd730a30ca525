package headcache.slab;

import headcache.step.StateBytes;
import java.util.Arrays;

/**
 * Pages in a row, linked in both directions, so that any of them can be taken out at once: SLUB's partial list of
 * a node. A page is in it once at most.
 */
final class PageList {
    static final int NO_PAGE = -1;

    private int[] before = new int[0];
    private int[] after = new int[0];
    private int first = NO_PAGE;
    private int last = NO_PAGE;
    private int size;

    PageList() {}

    private PageList(PageList other) {
        before = other.before.clone();
        after = other.after.clone();
        first = other.first;
        last = other.last;
        size = other.size;
    }

    int size() {
        return size;
    }

    /** The page at the head of the list, or {@link #NO_PAGE}. */
    int first() {
        return first;
    }

    /** The page behind {@code page}, or {@link #NO_PAGE}. */
    int after(int page) {
        return after[page];
    }

    void addFirst(int page) {
        link(NO_PAGE, page, first);
    }

    void addLast(int page) {
        link(last, page, NO_PAGE);
    }

    void remove(int page) {
        join(before[page], after[page]);
        size--;
    }

    PageList copy() {
        return new PageList(this);
    }

    void encode(StateBytes bytes) {
        bytes.put(size);
        for (int page = first; page != NO_PAGE; page = after[page]) {
            bytes.put(page);
        }
    }

    private void link(int left, int page, int right) {
        if (page >= before.length) {
            final int length = Math.max(page + 1, 2 * before.length);
            before = Arrays.copyOf(before, length);
            after = Arrays.copyOf(after, length);
        }
        join(left, page);
        join(page, right);
        size++;
    }

    private void join(int left, int right) {
        if (left == NO_PAGE) {
            first = right;
        } else {
            after[left] = right;
        }
        if (right == NO_PAGE) {
            last = left;
        } else {
            before[right] = left;
        }
    }
}
