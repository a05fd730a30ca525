package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A head cache said in as few words as possible: a list, slow and without poison. */
final class NaiveCache {
    private final CachePolicy policy;
    private final List<Integer> heads = new ArrayList<>();
    private final Set<Integer> fetched = new HashSet<>();

    NaiveCache(CachePolicy policy) {
        this.policy = policy;
    }

    List<Integer> heads() {
        return heads;
    }

    boolean isRecycled(int slot) {
        return !fetched.contains(heads.get(slot));
    }

    int get() {
        final int head = heads.remove(heads.size() - 1);
        fetched.remove(head);
        return head;
    }

    /** Puts, and spills if that filled the last slot; the heads that left. */
    List<Integer> put(int head) {
        heads.add(head);
        if (heads.size() < policy.capacity()) {
            return List.of();
        }
        final int from = policy.spillEnd() == SpillEnd.NEWEST ? heads.size() - policy.spill() : 0;
        return take(from, from + policy.spill());
    }

    void refill(List<Integer> delivered) {
        heads.addAll(delivered);
        fetched.addAll(delivered);
    }

    List<Integer> drain() {
        return take(0, heads.size());
    }

    NaiveCache copy() {
        final NaiveCache copy = new NaiveCache(policy);
        copy.heads.addAll(heads);
        copy.fetched.addAll(fetched);
        return copy;
    }

    private List<Integer> take(int from, int to) {
        final List<Integer> part = heads.subList(from, to);
        final List<Integer> taken = List.copyOf(part);
        part.clear();
        taken.forEach(fetched::remove);
        return taken;
    }
}
