package headcache.slab;

import headcache.protocol.Head;

/**
 * How much one slab of a node can hold, and when it gives pages back.
 *
 * <p>Neither limit costs anything until pages are made.
 *
 * @param headsPerPage objects on a page, 1 to {@value #HEADS_PER_PAGE_LIMIT}; 32 heads of 256 bytes fill the
 *     8 KiB that SLUB takes for them
 * @param minPartial partial pages below which an empty page is kept, 0 or more; SLUB's {@code min_partial} is 5
 *     at least
 * @param pageLimit pages that ordinary requests can have made, 0 or more
 * @param reservePages pages beyond {@code pageLimit} that entitled requests can have made, 0 or more
 */
public record SlabConfig(int headsPerPage, int minPartial, int pageLimit, int reservePages) {
    /** The most objects on a page: SLUB counts them in 15 bits. */
    public static final int HEADS_PER_PAGE_LIMIT = 32_767;

    /** Pages as the kernel has them, as many as can be named, no reserve: 131,072 pages of 32 heads. */
    public static final SlabConfig LARGEST = new SlabConfig(32, 5, Head.INDEX_LIMIT / 32, 0);

    /**
     * Checks the ranges, and that every head of every page has a name.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public SlabConfig {
        checkRange("headsPerPage", headsPerPage, 1, HEADS_PER_PAGE_LIMIT);
        checkRange("minPartial", minPartial, 0, Integer.MAX_VALUE);
        checkRange("pageLimit", pageLimit, 0, Integer.MAX_VALUE);
        checkRange("reservePages", reservePages, 0, Integer.MAX_VALUE);
        final long heads = ((long) pageLimit + reservePages) * headsPerPage;
        if (heads > Head.INDEX_LIMIT) {
            throw new IllegalArgumentException("slab too large: headsPerPage=" + headsPerPage + " pageLimit="
                    + pageLimit + " reservePages=" + reservePages + " make heads=" + heads + ", limit="
                    + Head.INDEX_LIMIT + "; lower one of them");
        }
    }

    private static void checkRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "impossible slab: " + what + "=" + value + " must be " + least + " to " + most);
        }
    }
}
