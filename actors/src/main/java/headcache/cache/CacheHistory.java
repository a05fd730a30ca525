package headcache.cache;

/**
 * The latest moves of heads into and out of one cache: a ring that each move writes one number to, so
 * that a report about misuse can tell a head's past. It serves people only.
 *
 * <p>A move is numbered by how many there were before it. Plain heads leave the upper two bits of an
 * {@code int} free; the kind of move is kept there.
 */
final class CacheHistory {
    static final int GET = 0;
    static final int PUT = 1;
    static final int REFILL = 2;
    static final int SPILL = 3;

    private static final String[] KINDS = {"get", "put", "refill", "spill"};
    private static final int KIND_SHIFT = 30;
    private static final int HEAD_MASK = (1 << KIND_SHIFT) - 1;
    private static final int SIZE = 128;

    private final int[] ring;
    private long moves;

    CacheHistory() {
        this.ring = new int[SIZE];
    }

    private CacheHistory(CacheHistory other) {
        this.ring = other.ring.clone();
        this.moves = other.moves;
    }

    void note(int kind, int head) {
        ring[(int) moves & SIZE - 1] = kind << KIND_SHIFT | head;
        moves++;
    }

    /** The moves of {@code head} among the latest, oldest first. */
    String of(int head) {
        final StringBuilder text = new StringBuilder();
        final long first = Math.max(0, moves - SIZE);
        for (long move = first; move < moves; move++) {
            final int entry = ring[(int) move & SIZE - 1];
            if ((entry & HEAD_MASK) == head) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(KINDS[entry >>> KIND_SHIFT])
                        .append(" #")
                        .append(move);
            }
        }
        final String range = "moves #" + first + " to #" + (moves - 1);
        return moves == 0 ? "no moves yet" : text.isEmpty() ? "none of " + range : text + " (of " + range + ")";
    }

    CacheHistory copy() {
        return new CacheHistory(this);
    }
}
