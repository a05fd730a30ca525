package headcache.skb;

import headcache.cache.HeadCache;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.step.EventKind;
import headcache.step.HeadMisuse;
import headcache.step.HeadSums;
import headcache.step.Out;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable RemoteHeads remote;
    private final CacheCounters counters;
    private final BulkGet bulk;

    /**
     * Puts the two functions around {@code heads}.
     *
     * @param memoryNode only tells remote heads for the counters
     * @param remote heads between this cache and those of other CPUs, or null: none ever are
     */
    public NapiSkbCache(
            HeadCache heads, SlabLink link, int memoryNode, @Nullable RemoteHeads remote, CacheCounters counters) {
        this.heads = heads;
        this.link = link;
        this.memoryNode = memoryNode;
        this.remote = remote;
        this.counters = counters;
        this.bulk = new BulkGet(this, link);
    }

    /**
     * Takes a head: the top of the stack; on empty, asks for one refill first. All or nothing, no
     * fallback to a single allocation.
     *
     * @return the head, {@link Head#NONE}, or {@link #SUSPENDED}: call again once the slab answered
     */
    public int get(Out out) {
        if (heads.isEmpty() && remote != null && !link.isAnswered()) {
            remote.takeBack(heads, counters, out);
        }
        if (heads.isEmpty()) {
            if (!link.isAnswered()) {
                out.event(EventKind.REFILL_ASKED, Head.NONE, heads.refillSize());
                link.askBulk(heads.refillSize(), out);
                return SUSPENDED;
            }
            refill(link.takeBulk(), out);
        }
        if (heads.isEmpty()) {
            getFails(out);
            return Head.NONE;
        }
        final int head = pop();
        out.event(EventKind.GET, head, heads.count());
        return head;
    }

    /** A head that was asked for cannot be had. */
    void getFails(Out out) {
        counters.gets++;
        counters.failedGets++;
        out.event(EventKind.GET_FAILED, Head.NONE, 0);
    }

    /**
     * Takes heads at once, where the kernel has a function for that.
     *
     * @param wanted how many, 1 or more
     * @param requests how many requests to the slab this call has made so far, all of them answered
     * @return the heads, fewer if there are no more; or null: one more request was made, call again once it is answered
     */
    int @Nullable [] getBulk(int wanted, int requests, Out out) {
        return bulk.get(wanted, requests, out);
    }

    /** Takes the newest {@code count} heads, the oldest of them first. */
    int[] takeTop(int count, Out out) {
        final int floor = heads.count() - count;
        for (int slot = floor; slot < heads.count(); slot++) {
            if (heads.isRecycled(slot)) {
                counters.recycled++;
            }
        }
        final int[] taken = heads.takeAbove(floor);
        for (int i = 0; i < count; i++) {
            countGot(taken[i]);
            out.event(EventKind.GET, taken[i], floor + count - 1 - i);
        }
        return taken;
    }

    /** Gives a head that is in the cache to a task on this CPU: the top of the stack, or {@link Head#NONE}. */
    public int lend(Out out) {
        if (heads.isEmpty()) {
            return Head.NONE;
        }
        final int head = pop();
        out.event(EventKind.PEEKED, head, heads.count());
        return head;
    }

    private int pop() {
        if (heads.isRecycled(heads.count() - 1)) {
            counters.recycled++;
        }
        final int head = heads.pop();
        countGot(head);
        return head;
    }

    /** Counts a get that got {@code head}. */
    void countGot(int head) {
        counters.gets++;
        if (Head.node(head) != memoryNode) {
            counters.remoteGets++;
        }
    }

    /** Lays what a refill delivered on top, if anything. */
    void refill(int[] delivered, Out out) {
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

    /** Sets a bare head aside for the CPU that owns it. */
    void setAside(int head, int owner, Out out) {
        Objects.requireNonNull(remote, "no heads go to owners").setAside(head, owner, link, counters, out);
    }

    /** Posts what is set aside, if anything ever is. */
    public void post(Out out) {
        if (remote != null) {
            remote.post(link, counters, out);
        }
    }

    /** Gives what came back from other CPUs to one that survives this one; whether there was anything. */
    public boolean handOver(CpuId survivor, Out out) {
        return remote != null && remote.handOver(survivor, link, counters, out);
    }

    /** Gives what is between this cache and those of other CPUs to the slabs; whether there was anything. */
    public boolean sendHome(Out out) {
        return remote != null && remote.sendHome(link, out);
    }

    /** Says that the CPU is drained: what comes back from now on goes home, until it has work again. */
    public void retire() {
        if (remote != null) {
            remote.setRetired(true);
        }
    }

    /**
     * Takes in own heads that another CPU gave back: they wait, or, if this CPU was drained, go home.
     *
     * @return whether that is all; if not, once the link is not busy it is
     */
    public boolean takeIn(int[] given, Out out) {
        final RemoteHeads between = Objects.requireNonNull(remote, "no heads come back");
        if (between.isRetired()) {
            RemoteHeads.sendHome(given, link, out);
            return false;
        }
        between.takeIn(given, out);
        return true;
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
        if (remote != null) {
            remote.count(inCache);
        }
    }

    /** How many heads are parked. */
    public int count() {
        return heads.count();
    }

    /** Heads between this cache and those of other CPUs, to be read only; null: none ever are. */
    public @Nullable RemoteHeads remote() {
        return remote;
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

    /** An independent copy, whose way to the slabs is {@code otherLink}. */
    NapiSkbCache copy(SlabLink otherLink) {
        final RemoteHeads between = remote == null ? null : remote.copy();
        return new NapiSkbCache(heads.copy(), otherLink, memoryNode, between, counters.copy());
    }

    /** The counters that these functions keep. */
    public CacheCounters counters() {
        return counters;
    }
}
