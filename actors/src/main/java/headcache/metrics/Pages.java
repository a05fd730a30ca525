package headcache.metrics;

import headcache.protocol.Head;

/** Which heads lie on a slab page together. */
final class Pages {
    private final int heads;

    /** The bits of a head's number that tell its place on the page, if a page has a power of two of them; otherwise -1. */
    private final int mask;

    /** Pages of {@code heads} heads each. */
    Pages(int heads) {
        this.heads = heads;
        this.mask = Integer.bitCount(heads) == 1 ? heads - 1 : -1;
    }

    /** Heads on a page. */
    int heads() {
        return heads;
    }

    /** The first head on the page of {@code head}. A division takes as long as all else, so it is kept for odd sizes. */
    int firstOn(int head) {
        return mask < 0 ? head - Head.index(head) % heads : head & ~mask;
    }
}
