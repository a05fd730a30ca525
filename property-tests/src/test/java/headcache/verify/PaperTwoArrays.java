package headcache.verify;

import headcache.protocol.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The two arrays of v1 of the series as patches 3 to 5 of 20210111182655.12159-1-alobakin@pm.me have them: what the
 * allocation cache has no room for is queued to be flushed, and what is queued is taken before all else.
 */
final class PaperTwoArrays {
    private final int size;
    private final IntFunction<List<Integer>> allocBulk;
    private final Consumer<List<Integer>> freeBulk;
    private final List<Integer> allocationCache = new ArrayList<>();
    private final List<Integer> flushCache = new ArrayList<>();

    /** Two empty arrays of {@code size}, and the two calls to the slab, of which the first may bring nothing. */
    PaperTwoArrays(int size, IntFunction<List<Integer>> allocBulk, Consumer<List<Integer>> freeBulk) {
        this.size = size;
        this.allocBulk = allocBulk;
        this.freeBulk = freeBulk;
    }

    /** {@code __napi_decache_skb}: the head, or {@link Head#NONE}. */
    int get() {
        if (!flushCache.isEmpty()) {
            return flushCache.remove(flushCache.size() - 1);
        }
        if (allocationCache.isEmpty()) {
            allocationCache.addAll(allocBulk.apply(size));
        }
        return allocationCache.isEmpty() ? Head.NONE : allocationCache.remove(allocationCache.size() - 1);
    }

    /** {@code _kfree_skb_defer}. */
    void put(int head) {
        if (allocationCache.size() < size) {
            allocationCache.add(head);
            return;
        }
        flushCache.add(head);
        if (flushCache.size() == size) {
            flush();
        }
    }

    /** {@code __kfree_skb_flush}, at the end of a softirq. */
    void endSoftirq() {
        if (!flushCache.isEmpty()) {
            flush();
        }
        if (allocationCache.size() < size) {
            allocationCache.addAll(allocBulk.apply(size - allocationCache.size()));
        }
    }

    private void flush() {
        freeBulk.accept(List.copyOf(flushCache));
        flushCache.clear();
    }

    int parked() {
        return allocationCache.size() + flushCache.size();
    }

    /** Whether a head is queued to be flushed. */
    boolean isFlushing() {
        return !flushCache.isEmpty();
    }
}
