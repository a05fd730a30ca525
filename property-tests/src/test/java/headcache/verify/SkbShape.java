package headcache.verify;

import headcache.protocol.Op;
import headcache.protocol.WayIn;

/** What an skb can be to whoever ends it. */
enum SkbShape {
    /** Its head came from the slab. */
    PLAIN,
    /** Its head came from a cache. */
    CACHED,
    /** Its data is another skb's. */
    CLONE,
    /** The first of two twins, the other unused. */
    ORIGINAL,
    /** The first of two twins, both in use. */
    PAIRED,
    /** The second of two twins. */
    COMPANION;

    /** What makes such an skb in slot 0, with the help of slot 1. */
    Op[] ops() {
        return switch (this) {
            case PLAIN -> new Op[] {Op.allocate(WayIn.ALLOC_SKB, 0)};
            case CACHED -> new Op[] {Op.allocate(WayIn.NAPI_BUILD_SKB, 0)};
            case CLONE -> new Op[] {Op.allocate(WayIn.ALLOC_SKB, 1), new Op.Clone(1, 0)};
            case ORIGINAL -> new Op[] {Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0)};
            case PAIRED -> new Op[] {Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0), new Op.Clone(0, 1)};
            case COMPANION -> new Op[] {Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1), new Op.Clone(1, 0)};
        };
    }
}
