package headcache.demos.lesson;

import headcache.protocol.CpuId;
import headcache.protocol.NodeId;
import java.util.List;
import java.util.Map;

/**
 * Where heads are at one moment.
 *
 * @param caches the head cache of each CPU
 * @param inUse the head of each packet that has an skb, oldest packet first
 * @param out for each node how many of its heads its slab counts as in use
 */
record State(List<CacheView> caches, Map<String, Integer> inUse, List<Integer> out) {

    CacheView cache(final CpuId cpu) {
        return caches.get(cpu.index());
    }

    int out(final NodeId node) {
        return out.get(node.index());
    }

    /** Whether some CPU's cache holds {@code head}. */
    boolean isParked(final int head) {
        return caches.stream().anyMatch(cache -> cache.heads().contains(head));
    }

    /** The head that {@code packet} lives on. */
    int head(final String packet) {
        final Integer head = inUse.get(packet);
        if (head == null) {
            throw new IllegalArgumentException("packet without skb: packet=" + packet + ", packets=" + inUse.keySet());
        }
        return head;
    }
}
