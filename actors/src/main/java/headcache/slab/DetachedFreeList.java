package headcache.slab;

import java.util.function.IntConsumer;

/**
 * A free list that is not on its page yet: how a bulk free saves synchronised operations.
 *
 * <p>The heads that are freed belong to whoever frees them, so they can be linked to one another without any
 * synchronisation; many such chains can exist inside one page. Only the moment when a chain is put before the free
 * list of its page must be synchronised, and that is one compare-exchange however long the chain is. So a bulk free
 * costs as many synchronised operations as it makes chains.
 *
 * <p>A chain is built by scanning the array from the end. The first head that is found decides for its page; heads
 * of the same page are linked in and marked as done; heads of other pages are skipped, and the third of them ends
 * the scan ({@code build_detached_freelist}, look-ahead 3). The next chain begins at the first head that was
 * skipped. So 32 heads of one page make one chain; 32 heads that alternate between two pages make eight, not two.
 */
final class DetachedFreeList {
    /** Heads of other pages that end a scan. */
    static final int LOOK_AHEAD = 3;

    /** In the array: this head is in a chain already. */
    private static final int DONE = -1;

    private final PageTable pages;
    private final IntConsumer mustBeOut;
    private int page;
    private int first;
    private int tail;
    private int length;

    /**
     * A chain of heads of {@code pages}.
     *
     * @param mustBeOut is shown the index of each head before it is linked; throws if the head is not out
     */
    DetachedFreeList(PageTable pages, IntConsumer mustBeOut) {
        this.pages = pages;
        this.mustBeOut = mustBeOut;
    }

    /** The page whose heads are in the chain. */
    int page() {
        return page;
    }

    /** How many heads are in the chain. */
    int length() {
        return length;
    }

    /**
     * Builds the chain that begins with the last head of {@code indices[0..size-1]} not done yet, and marks its
     * heads as done.
     *
     * @param size how much of the array is looked at, 1 or more, with a head not done at {@code size - 1}
     * @return the {@code size} for the next chain; 0 if no head is left
     */
    int build(int[] indices, int size) {
        begin(indices, size - 1);
        int firstSkipped = -1;
        int foreign = 0;
        for (int i = size - 2; i >= 0; i--) {
            final int index = indices[i];
            if (index == DONE) {
                continue;
            }
            if (pages.pageOf(index) == page) {
                prepend(indices, i);
                continue;
            }
            if (firstSkipped < 0) {
                firstSkipped = i;
            }
            foreign++;
            if (foreign == LOOK_AHEAD) {
                break;
            }
        }
        return firstSkipped + 1;
    }

    /** Puts the chain before the free list of its page: one synchronised operation. */
    void push() {
        pages.push(page, first, tail, length);
    }

    private void begin(int[] indices, int at) {
        page = pages.pageOf(indices[at]);
        tail = indices[at];
        first = PageTable.END;
        length = 0;
        prepend(indices, at);
    }

    private void prepend(int[] indices, int at) {
        final int index = indices[at];
        mustBeOut.accept(index);
        first = pages.link(index, first);
        length++;
        indices[at] = DONE;
    }
}
