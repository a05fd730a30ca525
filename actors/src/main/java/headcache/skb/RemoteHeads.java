package headcache.skb;

import headcache.cache.HeadCache;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.step.EventKind;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Heads of one CPU that are between caches: those it set aside for other CPUs that own them, and those of its own that
 * others gave back.
 */
public final class RemoteHeads {
    private final CpuId self;
    private final int visit;

    /** The heads that are set aside, and the owner of each. */
    private final int[] aside;

    private final int[] owners;
    private int asideCount;

    /** What came back, message by message. */
    private final ArrayDeque<int[]> queue = new ArrayDeque<>();

    private int waiting;
    private boolean retired;

    /**
     * None yet.
     *
     * @param self whose they are
     * @param budget heads set aside at which they are posted
     * @param visit heads that are taken from the queue at once, at most
     */
    public RemoteHeads(CpuId self, int budget, int visit) {
        this.self = self;
        this.visit = visit;
        this.aside = new int[budget];
        this.owners = new int[budget];
    }

    private RemoteHeads(RemoteHeads other) {
        self = other.self;
        visit = other.visit;
        aside = other.aside.clone();
        owners = other.owners.clone();
        asideCount = other.asideCount;
        queue.addAll(other.queue);
        waiting = other.waiting;
        retired = other.retired;
    }

    /** Sets {@code head} aside for {@code owner}; posts all there are if that makes the budget. */
    void setAside(int head, int owner, SlabLink link, CacheCounters counters, Out out) {
        aside[asideCount] = head;
        owners[asideCount++] = owner;
        counters.setAside++;
        out.event(EventKind.SET_ASIDE, head, owner);
        if (asideCount == aside.length) {
            post(link, counters, out);
        }
    }

    /** Sends what is set aside to its owners, a message each. */
    void post(SlabLink link, CacheCounters counters, Out out) {
        final int[] to =
                Arrays.stream(owners, 0, asideCount).sorted().distinct().toArray();
        for (final int owner : to) {
            final int[] heads = IntStream.range(0, asideCount)
                    .filter(i -> owners[i] == owner)
                    .map(i -> aside[i])
                    .toArray();
            post(new CpuId(owner), heads, link, counters, out);
        }
        asideCount = 0;
    }

    private void post(CpuId to, int[] heads, SlabLink link, CacheCounters counters, Out out) {
        for (final int head : heads) {
            out.event(EventKind.POSTED, head, to.index());
        }
        counters.posts++;
        link.post(to, new CpuMessage.GiveBack(self, heads), out);
    }

    /** Lets heads that came back wait. */
    void takeIn(int[] heads, Out out) {
        queue.add(heads);
        for (final int head : heads) {
            waiting++;
            out.event(EventKind.CAME_BACK, head, waiting);
        }
    }

    /** Lays what came back first in {@code cache}, which is empty; as many as a visit takes. */
    void takeBack(HeadCache cache, CacheCounters counters, Out out) {
        int left = Math.min(visit, waiting);
        waiting -= left;
        counters.takenBack += left;
        while (left > 0) {
            final int[] heads = queue.remove();
            final int taken = Math.min(left, heads.length);
            for (int i = 0; i < taken; i++) {
                out.event(EventKind.TAKEN_BACK, heads[i], cache.count());
                cache.push(heads[i]);
            }
            if (taken < heads.length) {
                queue.addFirst(Arrays.copyOfRange(heads, taken, heads.length));
            }
            left -= taken;
        }
    }

    /** Gives what came back to a CPU that survives this one; whether there was anything. */
    boolean handOver(CpuId survivor, SlabLink link, CacheCounters counters, Out out) {
        if (waiting == 0) {
            return false;
        }
        post(survivor, takeQueue(), link, counters, out);
        return true;
    }

    /** Gives all there is to the slabs, acknowledged; whether there was anything. */
    boolean sendHome(SlabLink link, Out out) {
        if (count() == 0) {
            return false;
        }
        final int[] heads = IntStream.concat(Arrays.stream(aside, 0, asideCount), Arrays.stream(takeQueue()))
                .toArray();
        asideCount = 0;
        sendHome(heads, link, out);
        return true;
    }

    /** Gives {@code heads}, which came back to a CPU that was drained, to the slabs, acknowledged. */
    static void sendHome(int[] heads, SlabLink link, Out out) {
        for (final int head : heads) {
            out.event(EventKind.SENT_HOME, head, 0);
        }
        link.giveBulk(heads, true, out);
    }

    private int[] takeQueue() {
        final int[] heads = queue.stream().flatMapToInt(Arrays::stream).toArray();
        queue.clear();
        waiting = 0;
        return heads;
    }

    /** Whether the CPU was drained and has done nothing since, so that whatever comes back has to go home. */
    public boolean isRetired() {
        return retired;
    }

    /** Says whether that is so. */
    public void setRetired(boolean whether) {
        retired = whether;
    }

    /** Heads that are set aside for other CPUs. */
    public int asideCount() {
        return asideCount;
    }

    /** Heads that came back and wait. */
    public int waiting() {
        return waiting;
    }

    /** How many there are. */
    int count() {
        return asideCount + waiting;
    }

    void count(HeadSums inCache) {
        for (int i = 0; i < asideCount; i++) {
            inCache.add(aside[i]);
        }
        queue.forEach(inCache::add);
    }

    RemoteHeads copy() {
        return new RemoteHeads(this);
    }

    /** Writes everything that later behaviour depends on. */
    public void encode(StateBytes bytes) {
        bytes.put(asideCount);
        for (int i = 0; i < asideCount; i++) {
            bytes.put(aside[i]);
            bytes.putCpu(owners[i]);
        }
        bytes.put(waiting);
        queue.forEach(heads -> Arrays.stream(heads).forEach(bytes::put));
        bytes.put(retired);
    }
}
