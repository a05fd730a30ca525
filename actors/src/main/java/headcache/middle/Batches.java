package headcache.middle;

import headcache.cache.CachePolicy;
import headcache.skb.CodePath;
import headcache.skb.Kernel;

/**
 * Heads go back to the CPU that owns them, in batches, as in snmalloc: Liétar et al., "snmalloc: a message passing
 * allocator", ISMM 2019, and its {@code mem/remotecache.h}.
 *
 * <p>The <i>owner</i> of a head is the CPU that took it from the slab last, or that it was handed to since. Nothing keeps
 * a list of owners: a CPU's cache has only heads that it owns, so the owner is the CPU that the skb on it says it was
 * allocated on. snmalloc finds it by the head's address, as each of its pages belongs to one owner; here pages belong
 * to nodes.
 *
 * <p>A CPU that frees a head which it does not own sets it aside in a slot for the owner. Once {@code budget} heads are
 * set aside, every slot that is not empty is posted to its owner as one message. The owner leaves what comes back in a
 * queue, and looks there only when its own cache is empty, before it asks the slab; then it takes {@code visit} heads
 * at most. So fewer heads than the budget stay set aside for as long as nobody frees more, and a CPU that is idle keeps
 * what comes back to it.
 *
 * <p>Going offline, a CPU posts what it has set aside; what came back to it is treated like its parked heads, and what
 * comes later goes to the survivor, which owns it from then on. In a drain all of it goes to the slabs.
 *
 * @param cache the cache for heads that a CPU owns: its free lists
 * @param budget heads set aside at which they are posted, 1 or more; snmalloc posts at 16 KiB
 * @param visit heads that an owner takes from its queue at once, 1 to the capacity of its cache; snmalloc stops at 1 MiB
 */
public record Batches(CachePolicy cache, int budget, int visit) implements Middle {
    /** snmalloc's 16 KiB are 64 heads of 256 bytes. Its 4096 heads a visit are more than a cache of v5.12 has room for. */
    public static final Batches SNMALLOC = new Batches(CachePolicy.LINUX_5_12, 64, 64);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    public Batches {
        if (budget < 1) {
            throw new IllegalArgumentException("impossible batches: budget=" + budget + " must be 1 or more");
        }
        if (visit < 1 || visit > cache.capacity()) {
            throw new IllegalArgumentException("impossible batches: visit=" + visit + " must be 1 to "
                    + cache.capacity() + " (capacity=" + cache.capacity() + ")");
        }
    }

    @Override
    public Kernel kernel() {
        return Kernel.LINUX_5_12.with(CodePath.FOREIGN_TO_OWNER);
    }
}
