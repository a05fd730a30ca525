package headcache.workload;

/**
 * Numbers for skbs, used again as late as possible: an skb that got the number of one which has just ended
 * would have to wait for that end, on whatever CPU it is.
 */
final class SkbNumbers {
    /** Numbers that are used before one is used again; more than any driver plans ahead. */
    private static final int POOL = 1 << 15;

    private final IntQueue ended;
    private int fresh;

    SkbNumbers() {
        ended = new IntQueue(1 << 10);
    }

    private SkbNumbers(SkbNumbers other) {
        ended = other.ended.copy();
        fresh = other.fresh;
    }

    int take() {
        return fresh < POOL || ended.isEmpty() ? fresh++ : ended.remove();
    }

    void give(int number) {
        ended.add(number);
    }

    SkbNumbers copy() {
        return new SkbNumbers(this);
    }
}
