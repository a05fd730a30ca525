package headcache.skb;

import headcache.cache.HeadCache;
import headcache.protocol.Head;
import headcache.step.EventKind;
import headcache.step.HeadMisuse;
import headcache.step.HeadSums;
import headcache.step.Out;

/**
 * The two functions around a CPU's head cache, and the only ones that touch it: {@code
 * napi_skb_cache_get} and {@code napi_skb_cache_put} of v5.12.
 *
 * <p>Only the owner calls them, in its own softirq turn, so there is nothing to lock.
 */
public final class NapiSkbCache {
    /** What {@link #get} answers while the slab has not answered. */
    public static final int SUSPENDED = -2;

    private final HeadCache heads;
    private final SlabLink link;
    private final int memoryNode;
    private final CacheCounters counters;

    /** Puts the two functions around {@code heads}; {@code memoryNode} only tells remote heads for the counters. */
    public NapiSkbCache(HeadCache heads, SlabLink link, int memoryNode, CacheCounters counters) {
        this.heads = heads;
        this.link = link;
        this.memoryNode = memoryNode;
        this.counters = counters;
    }

    /**
     * Takes a head: the top of the stack; on empty, asks for one refill first. All or nothing, no
     * fallback to a single allocation.
     *
     * @return the head, {@link Head#NONE}, or {@link #SUSPENDED}: call again once the slab answered
     */
    public int get(Out out) {
        if (heads.isEmpty()) {
            if (!link.isAnswered()) {
                out.event(EventKind.REFILL_ASKED, Head.NONE, heads.refillSize());
                link.askBulk(heads.refillSize(), out);
                return SUSPENDED;
            }
            refill(link.takeBulk(), out);
        }
        counters.gets++;
        if (heads.isEmpty()) {
            counters.failedGets++;
            out.event(EventKind.GET_FAILED, Head.NONE, 0);
            return Head.NONE;
        }
        final int head = pop();
        out.event(EventKind.GET, head, heads.count());
        return head;
    }

    /** Gives a head that is in the cache to a task on this CPU: the top of the stack, or {@link Head#NONE}. */
    public int lend(Out out) {
        if (heads.isEmpty()) {
            return Head.NONE;
        }
        counters.gets++;
        final int head = pop();
        out.event(EventKind.PEEKED, head, heads.count());
        return head;
    }

    private int pop() {
        if (heads.isRecycled(heads.count() - 1)) {
            counters.recycled++;
        }
        final int head = heads.pop();
        if (Head.node(head) != memoryNode) {
            counters.remoteGets++;
        }
        return head;
    }

    private void refill(int[] delivered, Out out) {
        if (delivered.length == 0) {
            counters.failedRefills++;
            out.event(EventKind.REFILL_FAILED, Head.NONE, 0);
            return;
        }
        counters.refills++;
        counters.fetched += delivered.length;
        final int above = heads.count();
        heads.refill(delivered);
        for (int slot = 0; slot < delivered.length; slot++) {
            out.event(EventKind.REFILL, delivered[slot], above + slot);
        }
    }

    /**
     * Gives a bare head: pushes it; at capacity, frees one spill in bulk.
     *
     * @throws HeadMisuse if the head is parked here already, or is a pair of twins
     */
    public void put(int head, Out out) {
        heads.push(head);
        counters.puts++;
        if (Head.node(head) != memoryNode) {
            counters.remotePuts++;
        }
        out.event(EventKind.PUT, head, heads.count());
        if (heads.isFull()) {
            final int floor = heads.spillFloor();
            give(EventKind.SPILL, heads.takeSpill(), floor, false, out);
        }
    }

    /** Gives everything to the slab: before the series at the end of each softirq, otherwise for a drain. */
    public void flush(boolean acknowledge, Out out) {
        if (!heads.isEmpty()) {
            give(EventKind.FLUSH, heads.takeAll(), 0, acknowledge, out);
        }
    }

    /**
     * Ends a softirq as {@code kernel} does, which may need the slab.
     *
     * @return whether that is done; if not, call again once the link is not busy
     */
    boolean endSoftirq(Kernel kernel, Out out) {
        final int half = heads.capacity() / 2;
        if (kernel.takes(CodePath.FLUSH_AFTER_SOFTIRQ)) {
            flush(false, out);
        } else if (kernel.takes(CodePath.HALVE_AFTER_SOFTIRQ)) {
            flushAbove(half, out);
        } else if (kernel.takes(CodePath.BALANCE_AFTER_SOFTIRQ)) {
            return balance(half, out);
        }
        return !link.isBusy();
    }

    private void flushAbove(int kept, Out out) {
        if (heads.count() > kept) {
            give(EventKind.FLUSH, heads.takeAbove(kept), kept, false, out);
        }
    }

    /** All or nothing, like any bulk request: what the slab refuses stays missing. */
    private boolean balance(int wanted, Out out) {
        if (link.isAnswered()) {
            refill(link.takeBulk(), out);
        } else if (heads.count() < wanted) {
            final int missing = wanted - heads.count();
            out.event(EventKind.REFILL_ASKED, Head.NONE, missing);
            link.askBulk(missing, out);
        } else {
            flushAbove(wanted, out);
        }
        return !link.isBusy();
    }

    private void give(EventKind why, int[] given, int floor, boolean acknowledge, Out out) {
        counters.spills++;
        counters.spilled += given.length;
        for (int i = 0; i < given.length; i++) {
            out.event(why, given[i], floor + i);
        }
        link.giveBulk(given, acknowledge, out);
    }

    /** Takes everything out, for another CPU. */
    public int[] takeAll() {
        return heads.takeAll();
    }

    /** Adds the parked heads. */
    public void count(HeadSums inCache) {
        for (int slot = 0; slot < heads.count(); slot++) {
            inCache.add(heads.head(slot));
        }
    }

    /** How many heads are parked. */
    public int count() {
        return heads.count();
    }

    /**
     * Checks that an skb is not used after its head was put.
     *
     * @throws HeadMisuse if {@code head} is parked here
     */
    void checkInUse(int head, String use) {
        heads.checkInUse(head, use);
    }

    /** What is parked, to be read only. */
    public HeadCache heads() {
        return heads;
    }

    /** The counters that these functions keep. */
    public CacheCounters counters() {
        return counters;
    }
}
