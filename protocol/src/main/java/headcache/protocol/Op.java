package headcache.protocol;

import java.util.Collections;
import java.util.List;

/**
 * One operation on skbs, as it is called on a CPU or by a task.
 *
 * <p>Skbs are named by slots of the batch that the operation belongs to. An operation whose slot is
 * empty, because its allocation failed, is cancelled and counted.
 */
public sealed interface Op {
    /** Any node: the request has no preference. */
    int ANY_NODE = -1;

    /** No slot. */
    int NO_SLOT = -1;

    /** Allocates into {@code slot} by a way that needs no more than its name. */
    static Op allocate(WayIn way, int slot) {
        return new Allocate(way, slot, 0, ANY_NODE, false);
    }

    /** Releases the skb of {@code slot}. */
    static Op release(WayOut way, int slot) {
        return new Release(way, slot, NO_SLOT);
    }

    /**
     * Allocates an skb.
     *
     * @param way the function that is called
     * @param slot where the skb goes
     * @param flags bits of {@link AllocFlag}, for {@link WayIn#ALLOC_SKB_FLAGS}
     * @param node the requested node, or {@link #ANY_NODE}
     * @param dataFails whether the data allocation fails, a fault that is planted here
     */
    record Allocate(WayIn way, int slot, int flags, int node, boolean dataFails) implements Op {}

    /**
     * Builds skbs around buffers that are there, on heads that are got at once ({@code napi_skb_cache_get_bulk}); where a
     * kernel has no such function, one {@link WayIn#NAPI_BUILD_SKB} after the other. What cannot be had leaves the last of
     * the slots empty, or in the second case any of them.
     *
     * @param slots where the skbs go, 1 or more, in the order of the caller's array
     */
    record BuildBulk(List<Integer> slots) implements Op {
        /** One on {@code count} skbs, whose slots are without meaning. */
        public static BuildBulk of(int count) {
            return new BuildBulk(Collections.nCopies(count, 0));
        }
    }

    /**
     * Clones the skb of {@code slot} ({@code skb_clone}): the companion of a pair if it is free,
     * otherwise an ordinary head from the slab.
     *
     * @param slot the skb that is cloned
     * @param into where the clone goes
     */
    record Clone(int slot, int into) implements Op {}

    /** Takes one more reference to the skb of {@code slot} ({@code skb_get}). */
    record Share(int slot) implements Op {}

    /** Lets the skb of {@code slot} hold {@code what}. */
    record Attach(int slot, Held what) implements Op {}

    /**
     * Gives up one reference to the skb of {@code slot}; the last one ends it.
     *
     * @param way the function that is called
     * @param slot the skb
     * @param into the aggregate that takes over a merged frame's data or the frame itself, or {@link
     *     #NO_SLOT} if it is not known
     */
    record Release(WayOut way, int slot, int into) implements Op {}

    /** A NAPI poll function returns here. */
    record PollEnd() implements Op {}
}
