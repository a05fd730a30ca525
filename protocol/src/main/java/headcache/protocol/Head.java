package headcache.protocol;

/**
 * The name of a head: which slab it belongs to and which one of that slab it is, packed in an {@code
 * int} so that an array of heads is an array of numbers.
 *
 * <p>A head is the fixed-size {@code sk_buff} object that is cached, not the data buffer. Its name
 * holds its home node, because that never changes: a freed head returns to its own page there. The
 * kind tells the slab of plain heads from the slab of fclone pairs (two twin heads in one larger
 * object), which must never enter a head cache.
 *
 * <p>Layout: bit 30 kind, bits 22 to 29 home node, bits 0 to 21 index on the node.
 */
public final class Head {
    /** No head. */
    public static final int NONE = -1;

    /** The number of nodes that names can tell apart: 256. */
    public static final int NODE_LIMIT = 1 << 8;

    /** The number of heads of one kind that one node can have: 4,194,304. */
    public static final int INDEX_LIMIT = 1 << 22;

    private static final int NODE_SHIFT = 22;
    private static final int FCLONE_BIT = 1 << 30;

    private Head() {}

    /** Names the plain head {@code index} (0 to 4,194,303) of {@code node} (0 to 255). */
    public static int plain(int node, int index) {
        return check(node, NODE_LIMIT, "node") << NODE_SHIFT | check(index, INDEX_LIMIT, "index");
    }

    /** Names the fclone pair {@code index} of {@code node}; the ranges are those of a plain head. */
    public static int fclone(int node, int index) {
        return plain(node, index) | FCLONE_BIT;
    }

    /** The home node of {@code head}. */
    public static int node(int head) {
        return head >>> NODE_SHIFT & NODE_LIMIT - 1;
    }

    /** The number of {@code head} among those of its kind on its home node. */
    public static int index(int head) {
        return head & INDEX_LIMIT - 1;
    }

    /** Whether {@code head} names a pair of twins from the fclone slab. */
    public static boolean isFclone(int head) {
        return (head & FCLONE_BIT) != 0;
    }

    /** The name as people read it: {@code n0/17}, {@code n1/f3} for an fclone pair, {@code none}. */
    public static String name(int head) {
        return head == NONE ? "none" : "n" + node(head) + (isFclone(head) ? "/f" : "/") + index(head);
    }

    private static int check(int value, int limit, String what) {
        if (value < 0 || value >= limit) {
            throw new IllegalArgumentException("head name out of range: " + what + "=" + value + ", limit=" + limit);
        }
        return value;
    }
}
