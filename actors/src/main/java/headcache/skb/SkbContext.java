package headcache.skb;

import headcache.protocol.CpuMessage;
import headcache.protocol.Skb;
import headcache.step.HeadMisuse;
import headcache.step.Out;
import org.jspecify.annotations.Nullable;

/**
 * Where skbs are worked on: the softirq of a CPU, which has a head cache, or a task, which has none.
 */
public final class SkbContext {
    private final int cpu;
    private final int memoryNode;
    private final Kernel kernel;
    private final @Nullable NapiSkbCache cache;
    private final SlabLink link;
    private final SlabCounters counters;
    private final DataFaults dataFaults;
    private final SkbAllocator allocator;
    private final SkbReleaser releaser;
    private final @Nullable OwnerLink owners;

    /**
     * Makes a context.
     *
     * @param cpu index of the CPU it runs on
     * @param memoryNode that CPU's memory node
     * @param kernel whose code paths it follows
     * @param cache the CPU's head cache in its softirq, null in a task
     * @param link its way to the slab layer, and to other CPUs if it is an {@link OwnerLink}
     */
    public SkbContext(int cpu, int memoryNode, Kernel kernel, @Nullable NapiSkbCache cache, SlabLink link) {
        this(cpu, memoryNode, kernel, cache, link, new SlabCounters(), new DataFaults());
    }

    private SkbContext(
            int cpu,
            int memoryNode,
            Kernel kernel,
            @Nullable NapiSkbCache cache,
            SlabLink link,
            SlabCounters counters,
            DataFaults dataFaults) {
        this.cpu = cpu;
        this.memoryNode = memoryNode;
        this.kernel = kernel;
        this.cache = cache;
        this.link = link;
        this.counters = counters;
        this.dataFaults = dataFaults;
        this.owners = link instanceof OwnerLink way ? way : null;
        this.allocator = new SkbAllocator(cpu, memoryNode, kernel, cache, link, owners, counters, dataFaults);
        this.releaser = new SkbReleaser(cpu, memoryNode, kernel, cache, link, owners, counters);
    }

    /** The ways in. */
    public SkbAllocator allocator() {
        return allocator;
    }

    /** The ways out. */
    public SkbReleaser releaser() {
        return releaser;
    }

    /** The way to the slab layer. */
    public SlabLink link() {
        return link;
    }

    /** The head cache, or null in a task. */
    public @Nullable NapiSkbCache cache() {
        return cache;
    }

    /**
     * Ends a softirq: what the kernel does with the cache then, if anything. A task has none.
     *
     * @return whether that is done; if not, it has to be called again once the link is not busy
     */
    public boolean endSoftirq(Out out) {
        return cache == null || cache.endSoftirq(kernel, out);
    }

    /** Takes the answer of the cache that a task asked. */
    public void on(CpuMessage.Peeked answer) {
        if (owners == null) {
            throw new IllegalStateException("answer of a cache that nobody waits for: cpu=" + cpu);
        }
        owners.on(answer);
    }

    /** Takes the answer to an skb that was handed home. What was refused is freed here. */
    public void on(CpuMessage.Deferred answer, Out out) {
        if (owners == null) {
            throw new IllegalStateException("answer of a defer list that nobody waits for: cpu=" + cpu);
        }
        owners.answered();
        final Skb refused = answer.refused();
        if (refused != null) {
            releaser.freeRefused(refused, out);
        }
    }

    /**
     * Checks that an skb is not used after its head was put here; a task has no cache to look in.
     *
     * @throws HeadMisuse if {@code head} is parked in the cache
     */
    void checkInUse(int head, String use) {
        if (cache != null) {
            cache.checkInUse(head, use);
        }
    }

    /** Whose code paths are followed. */
    public Kernel kernel() {
        return kernel;
    }

    /** What went singly to and from the slab. */
    public SlabCounters counters() {
        return counters;
    }

    /** Fault injection into what skbs carry. */
    public DataFaults dataFaults() {
        return dataFaults;
    }

    /** An independent copy. */
    public SkbContext copy() {
        final SlabLink linkCopy = link.copy();
        final NapiSkbCache cacheCopy = cache == null ? null : cache.copy(linkCopy);
        return new SkbContext(cpu, memoryNode, kernel, cacheCopy, linkCopy, counters.copy(), dataFaults.copy());
    }
}
